import { parseOptions, type RateLimitScope, type StreamOptions } from '@typingkit/core';
import {
  anything,
  literal,
  milliseconds,
  optional,
  strictObject,
  string,
} from '@typingkit/core/schema';

// What JavaScript may pass to a process without keys: as strict as the types.

/** What `keep` and `with` take. */
export interface RemoteKeepOptions {
  /** How long it lives without `touch()`, in milliseconds. Default: 120,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** How long it lives at most, in milliseconds. Default: 600,000; in `with` 1,800,000. */
  readonly maxDurationMs?: number | undefined;
}

/** What `send` takes. */
export interface RemoteSendOptions {
  /** How long the call may take in all, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number | undefined;
  /** How long the indicator should stay, in milliseconds, where the caller may choose. */
  readonly ttlMs?: number | undefined;
  /** A text beside the indicator, where the vendor shows one. */
  readonly status?: string | undefined;
  /** What the bot is doing, in the vendor's own word. Default: typing. */
  readonly action?: string | undefined;
}

const span = optional(milliseconds());
const remote = strictObject({
  redis: anything(),
  channels: anything(),
  prefix: anything(),
  leaseMs: anything(),
  onRedis: anything(),
});
const keep = strictObject({ idleTimeoutMs: span, maxDurationMs: span });
const stream = strictObject({
  idleTimeoutMs: span,
  maxDurationMs: span,
  until: optional(literal('end', 'first-chunk')),
});
const send = strictObject({
  timeoutMs: span,
  ttlMs: span,
  status: optional(string()),
  action: optional(string()),
});
const rateLimited = strictObject({
  retryAfterMs: span,
  scope: optional(literal('budget', 'credential')),
});
/** How long to wait where nobody says how long, in milliseconds. */
const defaultRestMs = 30_000;

/** @throws TypingError `misconfigured`, where there is no such option. What each of them is, who uses it checks. */
export function checkRemoteOptions(given: unknown): void {
  parseOptions('remoteTyping', remote, given);
}

/** @throws TypingError `misconfigured`. */
export function keepOptionsOf(given: unknown = {}): RemoteKeepOptions {
  return parseOptions('keep', keep, given);
}

/** @throws TypingError `misconfigured`. */
export function streamOptionsOf(given: unknown = {}): RemoteKeepOptions & StreamOptions {
  return parseOptions('with', stream, given);
}

/** @throws TypingError `misconfigured`. */
export function sendOptionsOf(given: unknown = {}): RemoteSendOptions {
  return parseOptions('send', send, given);
}

/** For how long what is to rest, and what. @throws TypingError `misconfigured`. */
export function restOf(given: unknown = {}): {
  readonly forMs: number;
  readonly scope: RateLimitScope;
} {
  const { retryAfterMs = defaultRestMs, scope = 'budget' } = parseOptions(
    'rateLimited',
    rateLimited,
    given,
  );
  return { forMs: retryAfterMs, scope };
}
