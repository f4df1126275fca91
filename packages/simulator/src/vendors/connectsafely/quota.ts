import type { ConnectSafelySettings } from './settings.ts';

/** Where an account stands with one kind of action, after the request at hand. */
export interface Quota {
  /** The names of the actions that this simulator limits are our guess. */
  readonly action: 'TYPING_INDICATOR' | 'MESSAGE';
  readonly allowed: boolean;
  readonly limit: number;
  readonly used: number;
  readonly resetAtMs: number;
}

type QuotaFormat = Pick<ConnectSafelySettings, 'resetFormat' | 'retryAfter' | 'holdUntil'>;

/** The headers that the endpoints with a limit have on every answer. */
export function quotaHeaders(
  quota: Quota,
  format: QuotaFormat,
  nowMs: number,
): Readonly<Record<string, string>> {
  const resetSeconds = Math.ceil(quota.resetAtMs / 1000);
  return {
    'X-RateLimit-Action': quota.action,
    'X-RateLimit-Limit': String(quota.limit),
    'X-RateLimit-Used': String(quota.used),
    'X-RateLimit-Remaining': String(Math.max(0, quota.limit - quota.used)),
    'X-RateLimit-Reset':
      format.resetFormat === 'iso' ? isoSeconds(resetSeconds) : String(resetSeconds),
    ...(format.retryAfter && !quota.allowed
      ? { 'Retry-After': String(Math.max(1, Math.ceil((quota.resetAtMs - nowMs) / 1000))) }
      : {}),
  };
}

export interface QuotaExceededBody {
  readonly success: false;
  readonly error: string;
  readonly holdUntil?: string;
}

export function quotaExceededBody(quota: Quota, format: QuotaFormat): QuotaExceededBody {
  const resetAt = isoSeconds(Math.ceil(quota.resetAtMs / 1000));
  return {
    success: false,
    error: `Rate limit exceeded for ${quota.action}: ${String(quota.used)}/${String(quota.limit)} used. Resets at ${resetAt}`,
    ...(format.holdUntil ? { holdUntil: resetAt } : {}),
  };
}

function isoSeconds(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString().replace('.000Z', 'Z');
}
