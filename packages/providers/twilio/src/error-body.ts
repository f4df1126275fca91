import { lookUp, type VendorAnswer, type VendorError } from '@typingkit/core/http';
import { anything, object } from '@typingkit/core/schema';

const Refused = object({ code: anything(), message: anything(), more_info: anything() });

const advices: Readonly<Record<string, string>> = {
  400: 'The message must be a recent one that a person sent to this account.',
  401: 'Check the account SID and the auth token of Twilio.',
};

/**
 * Reads what Twilio says went wrong. Its statuses say what its codes mean.
 *
 * @see https://www.twilio.com/docs/api/errors
 */
export function readTwilioError(answer: VendorAnswer): VendorError {
  const { redact, status } = answer;
  const refused = Refused.read(answer.body);
  return {
    advice: lookUp(advices, String(status)),
    reason: redact.sentence(refused?.message),
    vendorCode: redact.word(refused?.code),
    docUrl: redact.link(refused?.more_info),
  };
}
