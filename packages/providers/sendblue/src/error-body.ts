import type { TypingErrorCode } from '@typingkit/core';
import { lookUp, type VendorAnswer, type VendorError } from '@typingkit/core/http';
import { anything, object } from '@typingkit/core/schema';

const Refused = object({ message: anything(), error_message: anything() });

/**
 * Sendblue has no codes. This sentence alone says more than its status, 400: the line has never written to the number, or
 * the number is not one of iMessage.
 *
 * @see https://docs.sendblue.com/api-v2/typing-indicators/
 */
const sentences: Readonly<Record<string, TypingErrorCode>> = {
  'No route mapping found for number, have you messaged them before?': 'not-found',
};

const advices: Readonly<Record<string, string>> = {
  401: 'Check the two keys of Sendblue.',
  'not-found': 'Send this person a message from this line first.',
};

/** Reads what Sendblue says went wrong, which it also says in a 200. */
export function readSendblueError(answer: VendorAnswer): VendorError {
  const { redact, status } = answer;
  const refused = Refused.read(answer.body);
  const code = lookUp(sentences, refused?.error_message);
  return {
    code,
    advice: lookUp(advices, code ?? String(status)),
    reason: redact.sentence(refused?.error_message) ?? redact.sentence(refused?.message),
  };
}
