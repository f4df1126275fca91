import { errorCodeRow, type TypingErrorCode } from './error-codes.ts';

export type { TypingErrorCode } from './error-codes.ts';

/** What was being done. `subscribe`: asking the vendor for its webhooks. */
export type TypingOperation = 'configure' | 'start' | 'stop' | 'diagnose' | 'subscribe';

/** How far a rate limit reaches: one budget of a credential, see `budgetKey`, or all that goes out with the credential. */
export type RateLimitScope = 'budget' | 'credential';

/** What a {@link TypingError} is made of. */
export interface TypingErrorDetails {
  readonly code: TypingErrorCode;
  /** What went wrong, as a sentence without a full stop. Holds no secret and no id of a recipient. */
  readonly reason: string;
  /** What to do next, as a full sentence. */
  readonly advice?: string | undefined;
  readonly channel?: string | undefined;
  readonly provider?: string | undefined;
  readonly operation?: TypingOperation | undefined;
  /** Default: what `errorCodes` says of the code: `rate-limited`, `unavailable`, `network` and `timeout` are. */
  readonly retryable?: boolean | undefined;
  /** The HTTP status, where there was one. */
  readonly status?: number | undefined;
  /** When to try again at the earliest, in milliseconds from now. */
  readonly retryAfterMs?: number | undefined;
  /** How far the limit reaches, for `rate-limited`. Default: `budget`. */
  readonly scope?: RateLimitScope | undefined;
  /** The vendor's own code. */
  readonly vendorCode?: string | undefined;
  /** The vendor's page about `vendorCode`. */
  readonly docUrl?: string | undefined;
  /** The vendor's own id of the exchange, for its support. */
  readonly traceId?: string | undefined;
}

const optionalFields = [
  'advice',
  'channel',
  'provider',
  'operation',
  'status',
  'retryAfterMs',
  'scope',
  'vendorCode',
  'docUrl',
  'traceId',
] as const satisfies readonly (keyof TypingErrorDetails)[];

/**
 * The one error of typingkit.
 *
 * It never carries a `cause`: what HTTP clients throw holds the request, and with it the key, which a plain
 * `console.error(error)` would print.
 */
export class TypingError extends Error {
  override readonly name = 'TypingError';
  readonly code: TypingErrorCode;
  /** What went wrong, without the prefix and the advice that `message` has around it. */
  readonly reason: string;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  declare readonly advice?: string;
  declare readonly channel?: string;
  declare readonly provider?: string;
  declare readonly operation?: TypingOperation;
  declare readonly status?: number;
  declare readonly retryAfterMs?: number;
  declare readonly scope?: RateLimitScope;
  declare readonly vendorCode?: string;
  declare readonly docUrl?: string;
  declare readonly traceId?: string;

  constructor(details: TypingErrorDetails) {
    super(sentence(details));
    this.code = details.code;
    this.reason = details.reason;
    this.retryable = details.retryable ?? errorCodeRow(details.code).retryable;
    Object.assign(this, knownFields(details));
  }

  /** True on every `TypingError`, also on one of another copy of this package. */
  get isTypingError(): true {
    return true;
  }

  /** Whether something is a `TypingError`, also one of another copy of this package. */
  static isInstance(value: unknown): value is TypingError {
    return value instanceof Error && 'isTypingError' in value;
  }

  /** The fields and the message, for `JSON.stringify`. */
  toJSON(): TypingErrorDetails & { readonly name: string; readonly message: string } {
    const { name, code, reason, retryable, message } = this;
    return { name, code, reason, retryable, ...knownFields(this), message };
  }
}

// Whatever else an object holds stays out of errors.
function knownFields(details: Partial<TypingErrorDetails>): Partial<TypingErrorDetails> {
  const retryAfterMs = wholeMs(details.retryAfterMs);
  const all: Partial<TypingErrorDetails> = { ...details, retryAfterMs };
  const known = optionalFields.filter((field) => all[field] !== undefined);
  return Object.fromEntries(known.map((field) => [field, all[field]]));
}

/** A time that one can wait, rounded up; `undefined` for anything else. */
function wholeMs(ms: number | undefined): number | undefined {
  return ms !== undefined && ms >= 0 && ms < Infinity ? Math.ceil(ms) : undefined;
}

function sentence(details: TypingErrorDetails): string {
  const where = [details.channel, details.provider].filter(Boolean).join('/');
  const marks = [details.vendorCode, details.traceId && `trace ${details.traceId}`].filter(Boolean);
  const parts = [
    where && `[${where}]`,
    details.status,
    marks.length > 0 ? `${details.reason} (${marks.join(', ')})` : details.reason,
  ];
  const what = parts.filter(Boolean).join(' ');
  return details.advice ? `${what}. ${details.advice}` : what;
}
