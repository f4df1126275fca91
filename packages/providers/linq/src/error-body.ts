import type { TypingErrorCode } from '@typingkit/core';
import { lookUp, type VendorAnswer, type VendorError } from '@typingkit/core/http';
import { anything, object } from '@typingkit/core/schema';

// `doc_url` and `trace_id` are missing in some of Linq's own samples, and every field is somebody else's promise.
const Envelope = object({
  error: object({
    code: anything(),
    message: anything(),
    doc_url: anything(),
    retry_after: anything(),
  }),
});
const Traced = object({ trace_id: anything() });

const checkKey = 'Check the Linq API key.';

interface Meaning {
  readonly code?: TypingErrorCode;
  readonly retryAfterMs?: number;
  readonly advice?: string;
}

/**
 * Where Linq's code says more than the HTTP status.
 *
 * @see https://docs.linqapp.com/error
 */
const meanings: Readonly<Record<string, Meaning>> = {
  2004: { advice: checkKey },
  // The same code answers for a group chat, where Linq refuses typing in groups, and for a chat of somebody else.
  2005: {
    advice:
      'The chat is not yours, or it is a group chat: Linq did not type in groups before August 2026.',
  },
  2006: { advice: 'The phone number of this chat is not on your Linq account.' },
  // 404 and 409, yet over in seconds.
  2007: { code: 'unavailable', retryAfterMs: 2_000 },
  2008: { advice: 'In the sandbox the recipient must write first.' },
  2009: { code: 'unavailable', retryAfterMs: 2_000 },
  2011: { advice: 'Ask Linq to enable the feature for your account.' },
  // 409, but no conflict that passes.
  2013: { code: 'forbidden', advice: 'You have left this chat.' },
  2016: { code: 'unsupported' },
  2017: { code: 'unsupported', advice: 'Only iMessage chats show typing indicators.' },
  2018: { code: 'unsupported', advice: 'Only iMessage chats show typing indicators.' },
  4004: { retryAfterMs: 30_000 },
  4005: { code: 'unsupported' },
};

/** Reads Linq's error envelope. */
export function readLinqError(answer: VendorAnswer): VendorError {
  const { redact } = answer;
  const error = Envelope.read(answer.body)?.error;
  const vendorCode = redact.word(error?.code);
  // In a redirect or a 2xx the code would make the wrong answer look like a proper refusal.
  const known = answer.status >= 400 ? lookUp(meanings, vendorCode) : undefined;
  const { retryAfterMs, ...meaning } = known ?? {};
  return {
    ...(answer.status === 401 && { advice: checkKey }),
    reason: redact.sentence(error?.message),
    vendorCode,
    docUrl: redact.link(error?.doc_url),
    traceId: traceIdOf(answer),
    retryAfterMs: answer.retryAfterMs(error?.retry_after) ?? retryAfterMs,
    ...meaning,
  };
}

/** Linq's id of the exchange: in the body of some answers, in a header of all. */
export function traceIdOf(answer: VendorAnswer): string | undefined {
  const { body, redact } = answer;
  // No body is what a success has, and to refuse it costs a schema as much as a whole request does.
  const traced = body === undefined ? undefined : Traced.read(body);
  return redact.word(traced?.trace_id) ?? redact.word(answer.header('x-trace-id'));
}
