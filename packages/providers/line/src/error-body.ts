import { lookUp, type VendorAnswer, type VendorError } from '@typingkit/core/http';
import { anything, array, object, optional, otherwise } from '@typingkit/core/schema';

const Details = array(object({ message: anything(), property: anything() }));
const Refused = object({
  message: anything(),
  details: otherwise(optional(Details), undefined),
});

const advices: Readonly<Record<string, string>> = {
  400: 'The user id must be one that a webhook of this channel has sent.',
  401: 'Issue a new channel access token in the LINE Developers Console.',
};

/** Reads what LINE says went wrong. It has no codes of its own. */
export function readLineError(answer: VendorAnswer): VendorError {
  const { redact, status } = answer;
  const refused = Refused.read(answer.body);
  const [detail] = refused?.details ?? [];
  const what = redact.sentence(refused?.message);
  const where = redact.word(detail?.property);
  const why = redact.sentence(detail?.message);
  return {
    advice: lookUp(advices, String(status)),
    reason: where && why ? `${what ?? 'invalid'} (${where} ${why})` : what,
    traceId: traceIdOf(answer),
  };
}

/** LINE's id of the exchange. */
export function traceIdOf(answer: VendorAnswer): string | undefined {
  return answer.redact.word(answer.header('x-line-request-id'));
}
