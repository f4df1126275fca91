import { untilInstantMs, type VendorAnswer, type VendorError } from '@typingkit/core/http';
import { anything, array, number, object, string, union } from '@typingkit/core/schema';

// Three shapes of failure are documented: `error` as text, `error` as a Zod error, and `message` with or without `code`.
const Body = object({
  error: anything(),
  message: anything(),
  code: anything(),
  holdUntil: anything(),
});
const ZodFailure = object({
  issues: array(object({ path: array(union(string(), number())), message: string() })),
});

const advices: Readonly<Record<number, string>> = {
  401: 'Check the ConnectSafely API key.',
  403: 'ConnectSafely answers like this for the whole account. Has its trial expired?',
  404: 'Is accountId one of the LinkedIn accounts of this API key?',
  500: 'ConnectSafely also answers like this when LinkedIn refused. Does the conversation belong to the account?',
};

/** Reads what ConnectSafely says went wrong. */
export function readConnectSafelyError(answer: VendorAnswer): VendorError {
  const { redact } = answer;
  const body = Body.read(answer.body);
  return {
    reason:
      redact.sentence(body?.error) ??
      redact.sentence(zodSentence(body?.error)) ??
      redact.sentence(body?.message),
    vendorCode: redact.word(body?.code),
    retryAfterMs: answer.retryAfterMs() ?? limitEndsInMs(answer, body?.holdUntil),
    advice: advices[answer.status],
  };
}

function zodSentence(error: unknown): string | undefined {
  const failure = ZodFailure.read(error);
  return failure?.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ');
}

// `X-RateLimit-Reset` is ISO 8601 on current pages and Unix seconds on an older one.
// https://connectsafely.ai/docs
function limitEndsInMs(answer: VendorAnswer, holdUntil: unknown): number | undefined {
  if (answer.status !== 429) return undefined;
  const serverDate = answer.header('date');
  return (
    untilInstantMs(holdUntil, serverDate) ??
    untilInstantMs(answer.header('x-ratelimit-reset'), serverDate)
  );
}
