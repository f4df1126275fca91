import {
  type RateLimitScope,
  TypingError,
  type TypingErrorCode,
  type TypingOperation,
} from '../contract/typing-error.ts';
import { codeOfStatus } from './code-of-status.ts';
import type { Redaction } from './redaction.ts';
import { clamp, retryAfterMs } from './retry-after.ts';
import type { WireAnswer } from './wire-exchange.ts';

/** What a vendor answered. */
export interface VendorAnswer {
  readonly status: number;
  /** The body parsed as JSON; `undefined` where it is none, is empty, or is too large. */
  readonly body: unknown;
  /** Whether there is no body at all: where a vendor may answer with nothing, what is not JSON is still no answer of it. */
  readonly isEmpty: boolean;
  /** Makes what the vendor wrote fit for receipts and errors. Nothing that a vendor wrote may get there without it. */
  readonly redact: Redaction;
  /** A header, by its name in any case. */
  header(name: string): string | undefined;
  /**
   * When to try again, in milliseconds, as the `Retry-After` header says, or a number of seconds in the body. At most an
   * hour: a vendor that asks for more is asked again then.
   *
   * @param inBody what the body says, whatever that is.
   */
  retryAfterMs(inBody?: unknown): number | undefined;
  /**
   * This answer as an error, with what `readError` read from it.
   *
   * @param code default: what `readError` says, else what the status means.
   */
  failure(code?: TypingErrorCode): TypingError;
}

/** What an adapter reads from an answer that is a failure. Each part is optional: vendors leave things out. */
export interface VendorError {
  /** What the vendor says went wrong, in its words. Default: the status alone. */
  readonly reason?: string | undefined;
  /** What to do next, in ours. */
  readonly advice?: string | undefined;
  /** Where the vendor's own code says more than the status. Default: what the status means. */
  readonly code?: TypingErrorCode | undefined;
  readonly vendorCode?: string | undefined;
  readonly docUrl?: string | undefined;
  readonly traceId?: string | undefined;
  /** When to try again at the earliest, in milliseconds from now. Default: what the `Retry-After` header says. */
  readonly retryAfterMs?: number | undefined;
  /** How far a rate limit reaches. Default: `budget`. */
  readonly scope?: RateLimitScope | undefined;
}

/** Reads a failure in the vendor's own shape. */
export type ReadError = (answer: VendorAnswer) => VendorError;

/** What came over the wire, read as far as somebody asks. */
export class HttpAnswer implements VendorAnswer {
  readonly redact: Redaction;
  readonly body: unknown;
  readonly #wire: WireAnswer;
  readonly #provider: string;
  readonly #operation: TypingOperation;
  readonly #readError: ReadError;

  constructor(
    wire: WireAnswer,
    redact: Redaction,
    provider: string,
    operation: TypingOperation,
    readError: ReadError,
  ) {
    this.redact = redact;
    this.body = parseJson(wire.text);
    this.#wire = wire;
    this.#provider = provider;
    this.#operation = operation;
    this.#readError = readError;
  }

  get status(): number {
    return this.#wire.status;
  }

  get isEmpty(): boolean {
    return this.#wire.text === '';
  }

  header(name: string): string | undefined {
    return this.#wire.header(name.toLowerCase());
  }

  retryAfterMs(inBody?: unknown): number | undefined {
    return (
      retryAfterMs(this.header('retry-after'), this.header('date')) ??
      (typeof inBody === 'number' ? retryAfterMs(String(inBody)) : undefined)
    );
  }

  failure(code?: TypingErrorCode): TypingError {
    const { status } = this;
    const error = this.#readError(this);
    return new TypingError({
      ...error,
      retryAfterMs: waitOf(error.retryAfterMs) ?? this.retryAfterMs(),
      provider: this.#provider,
      operation: this.#operation,
      status,
      code: code ?? error.code ?? codeOfStatus(status),
      reason: error.reason ?? plainReason(status),
    });
  }
}

/** What an adapter found, which may have reckoned with anything. */
function waitOf(ms: number | undefined): number | undefined {
  return ms === undefined || Number.isNaN(ms) ? undefined : clamp(ms);
}

function parseJson(text: string | undefined): unknown {
  // For most answers, and to throw and catch costs as much as a timer and an AbortController together.
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function plainReason(status: number): string {
  if (status >= 200 && status < 300) return 'the answer is not what the vendor documents';
  // In browsers and Workers a redirect that is not followed has the status 0.
  if (status === 0 || (status >= 300 && status < 400)) {
    return 'the vendor answered with a redirect, which was not followed: it could send the key elsewhere';
  }
  return 'the vendor gave no reason';
}
