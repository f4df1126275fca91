import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import type { VendorClient } from '@typingkit/core/http';
import type { LineTarget } from './target.ts';

/** Which of them it is LINE does not say, nor what a start then does. */
const noFriend: DiagnosisReason = {
  code: 'opted-out',
  effect: 'may-hide',
  message: 'the person has blocked the account, or never added it as a friend',
  advice: 'Wait until they write.',
};
const inGroup: DiagnosisReason = {
  code: 'group',
  effect: 'hides',
  message: 'LINE shows typing to one person only, not in groups and rooms',
  advice: 'Leave the indicator out here, or give the session a fallback.',
};
const unseen: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message:
    'LINE shows typing only while the person looks at the chat, and does not say whether they do',
  advice: 'Start when they have just written.',
};

/**
 * Reads whether the person is a friend of the account.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-profile
 */
export async function diagnosePerson(
  ask: VendorClient<LineTarget>,
  target: LineTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  if (!('userId' in target)) return diagnosisOf([inGroup]);
  const path = `/v2/bot/profile/${target.userId}`;
  try {
    await ask({ operation: 'diagnose', method: 'get', path, expects: 200, target }, call);
    return diagnosisOf([unseen]);
  } catch (error) {
    if (!TypingError.isInstance(error) || error.code !== 'not-found') throw error;
    return diagnosisOf([noFriend, unseen]);
  }
}
