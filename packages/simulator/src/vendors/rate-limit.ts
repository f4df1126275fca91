import { z } from 'zod';

/** So many requests in any time of this length. */
export interface RateLimit {
  readonly requests: number;
  /** In simulated milliseconds. */
  readonly perMs: number;
}

export const rateLimitSchema: z.ZodType<RateLimit> = z.strictObject({
  requests: z.number().int().min(0),
  perMs: z.number().positive(),
});

interface RateLimitState {
  readonly allowed: boolean;
  readonly used: number;
  /** The oldest request that counts; now, if none does. */
  readonly oldestAtMs: number;
}

export interface RateLimiter {
  /** Counts a request of `key` unless `requests` were counted after `sinceMs`; a refused request is not counted. */
  take(key: string, requests: number, sinceMs: number, nowMs: number): RateLimitState;
  /** Counts a request of `key`. Seconds to wait, or `null` if it is within the limit. */
  secondsToWait(limit: RateLimit | null, key: string, nowMs: number): number | null;
  clear(): void;
}

export function createRateLimiter(): RateLimiter {
  const takenAtMs = new Map<string, number[]>();
  const take: RateLimiter['take'] = (key, requests, sinceMs, nowMs) => {
    const counted = (takenAtMs.get(key) ?? []).filter((atMs) => atMs > sinceMs);
    const allowed = counted.length < requests;
    if (allowed) counted.push(nowMs);
    takenAtMs.set(key, counted);
    return { allowed, used: counted.length, oldestAtMs: counted[0] ?? nowMs };
  };
  return {
    take,
    secondsToWait(limit, key, nowMs) {
      if (limit === null) return null;
      const { allowed, oldestAtMs } = take(key, limit.requests, nowMs - limit.perMs, nowMs);
      return allowed ? null : Math.max(1, Math.ceil((oldestAtMs + limit.perMs - nowMs) / 1000));
    },
    clear() {
      takenAtMs.clear();
    },
  };
}
