import { untilInstantMs, type VendorAnswer, type VendorComplaint } from '@typingkit/core/http';
import * as z from 'zod/mini';

// Three shapes of failure are documented: `error` as text, `error` as a Zod error, and `message` with or without `code`.
const Body = z.lazy(() =>
  z.object({
    error: z.optional(z.unknown()),
    message: z.optional(z.unknown()),
    code: z.optional(z.unknown()),
    holdUntil: z.optional(z.unknown()),
  }),
);
const ZodFailure = z.lazy(() =>
  z.object({
    issues: z.array(z.object({ path: z.array(z.unknown()), message: z.string() })),
  }),
);

const advices: Readonly<Record<number, string>> = {
  401: 'Check the ConnectSafely API key.',
  403: 'ConnectSafely answers so for the whole account: has its trial expired?',
  404: 'Is accountId one of the LinkedIn accounts of this API key?',
  500: 'ConnectSafely answers so, too, where LinkedIn refused: does the conversation belong to the account?',
};

/** Reads what ConnectSafely says went wrong. */
export function connectSafelyComplaint(answer: VendorAnswer): VendorComplaint {
  const { words } = answer;
  const body = Body.safeParse(answer.body).data;
  return {
    reason:
      words.sentence(body?.error) ??
      words.sentence(zodSentence(body?.error)) ??
      words.sentence(body?.message),
    vendorCode: words.word(body?.code),
    retryAfterMs: answer.retryAfterMs() ?? limitEndsInMs(answer, body?.holdUntil),
    advice: advices[answer.status],
  };
}

function zodSentence(error: unknown): string | undefined {
  const failure = ZodFailure.safeParse(error).data;
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
