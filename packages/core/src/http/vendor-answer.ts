import {
  TypingError,
  type TypingErrorCode,
  type TypingOperation,
} from '../contract/typing-error.ts';
import { codeOfStatus } from './code-of-status.ts';
import { retryAfterMs } from './retry-after.ts';
import type { VendorWords } from './vendor-words.ts';

/** What a vendor answered. */
export interface VendorAnswer {
  readonly status: number;
  /** The body parsed as JSON; `undefined` where it is none, is empty, or is too large. */
  readonly body: unknown;
  /** What the vendor wrote, made fit for receipts and errors. */
  readonly words: VendorWords;
  header(name: string): string | undefined;
  /**
   * When to try again, in milliseconds, as the `Retry-After` header says, or a number of seconds in the body.
   *
   * @param inBody what the body says, whatever that is.
   */
  retryAfterMs(inBody?: unknown): number | undefined;
  /**
   * This answer as an error, with what the adapter read from it.
   *
   * @param code default: what the status means.
   */
  failure(code?: TypingErrorCode): TypingError;
}

/** What an adapter reads from an answer that is a failure. Each part is optional: vendors leave things out. */
export interface VendorComplaint {
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
}

/** Reads a failure in the vendor's own shape. */
export type ReadComplaint = (answer: VendorAnswer) => VendorComplaint;

/** @internal */
export function vendorAnswer(
  response: Response,
  text: string | undefined,
  words: VendorWords,
  about: { readonly provider: string; readonly operation: TypingOperation },
  readComplaint: ReadComplaint,
): VendorAnswer {
  const { status } = response;
  const answer: VendorAnswer = {
    status,
    body: parseJson(text),
    words,
    header: (name) => response.headers.get(name) ?? undefined,
    retryAfterMs: (inBody) =>
      retryAfterMs(answer.header('retry-after'), answer.header('date')) ??
      (typeof inBody === 'number' ? retryAfterMs(String(inBody)) : undefined),
    failure(code) {
      const complaint = readComplaint(answer);
      return new TypingError({
        ...complaint,
        retryAfterMs: complaint.retryAfterMs ?? answer.retryAfterMs(),
        ...about,
        status,
        code: code ?? complaint.code ?? codeOfStatus(status),
        reason: complaint.reason ?? plainReason(status),
      });
    },
  };
  return answer;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function plainReason(status: number): string {
  if (status >= 200 && status < 300) return 'the vendor answered something else than it promises';
  // In browsers and Workers a redirect that is not followed has the status 0.
  if (status === 0 || (status >= 300 && status < 400)) {
    return 'the vendor answered with a redirect, which is not followed: it could carry the key elsewhere';
  }
  return 'the vendor gave no reason';
}
