import type { VendorAnswer, VendorError } from '@typingkit/core/http';
import { anything, object } from '@typingkit/core/schema';

const Refused = object({ id: anything(), message: anything(), request_id: anything() });

const advices: Readonly<Record<number, string>> = {
  404: 'Check baseUrl: it must be the URL of the server, with its path if it has one.',
  // Who may post is asked first, so an unknown channel is no 404.
  403: 'Add the bot to the channel, and let it post there. An unknown channel gives the same answer.',
};

/**
 * Reads what a Mattermost server says went wrong. The status decides what it is.
 *
 * @see https://developers.mattermost.com/api-documentation/#/
 */
export function readMattermostError(answer: VendorAnswer): VendorError {
  const { redact, status } = answer;
  const refused = Refused.read(answer.body);
  const resetsIn = answer.header('x-ratelimit-reset');
  return {
    reason: redact.sentence(refused?.message),
    advice: advices[status],
    vendorCode: redact.word(refused?.id),
    traceId: redact.word(refused?.request_id),
    // In seconds that are left, not as an instant.
    retryAfterMs:
      answer.retryAfterMs() ??
      (status === 429 && resetsIn !== undefined ? Number(resetsIn) * 1_000 : undefined),
  };
}
