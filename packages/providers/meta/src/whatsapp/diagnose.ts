import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
} from '@typingkit/core';
import type { VendorClient } from '@typingkit/core/http';
import { anything, object } from '@typingkit/core/schema';
import type { WhatsAppTarget } from './target.ts';

const Number = object({ quality_rating: anything() });

const lowQuality: DiagnosisReason = {
  code: 'line',
  effect: 'may-hide',
  message: 'people have blocked or reported this number, and Meta rates its quality as low',
  advice: "See the number's quality in WhatsApp Manager.",
};

/** Nobody can ask what became of one message. */
const unseen: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message:
    'WhatsApp shows typing for a message of the last 24 hours, once in 25 seconds, and there is no way to check',
  advice: "Pass the id of the person's newest message.",
};

/**
 * Reads the number that types. Of the chat and of the message nothing can be read.
 *
 * @see https://github.com/facebook/openapi (business-messaging-api)
 */
export async function diagnoseNumber(
  ask: VendorClient<WhatsAppTarget>,
  path: string,
  target: WhatsAppTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const query = { fields: 'quality_rating' };
  const answer = await ask(
    { operation: 'diagnose', method: 'get', path, query, expects: 200, target },
    call,
  );
  const number = Number.read(answer.body);
  if (!number) throw answer.failure('bad-response');
  return diagnosisOf([...(number.quality_rating === 'RED' ? [lowQuality] : []), unseen]);
}
