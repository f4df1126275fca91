import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
} from '@typingkit/core';
import type { VendorClient } from '@typingkit/core/http';
import { integer, object, string, transform, union } from '@typingkit/core/schema';
import type { InstagramTarget } from './instagram.ts';

// In some answers of Meta's an id is a number.
const Account = object({ user_id: union(string(), transform(integer(), String)) });
const Page = object({ id: string() });

const anotherAccount: DiagnosisReason = {
  code: 'wrong-owner',
  effect: 'hides',
  message: 'the access token belongs to another account',
  advice: 'Use the token of the account to which the person wrote.',
};
/** Of the conversation nothing can be read without a permission that typing does not need. */
const unseen: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message:
    'Instagram shows typing to people who are signed in and have written within 24 hours, and there is no way to check',
  advice: 'Send one start: it fails with unsupported if the time to answer has passed.',
};

/**
 * Reads whose token it is.
 *
 * @param isOwn whether the token is the account's own, and not that of its page.
 * @see https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/get-started
 */
export async function diagnoseAccount(
  ask: VendorClient<InstagramTarget>,
  path: string,
  target: InstagramTarget,
  call: CallOptions,
  isOwn: boolean,
): Promise<Diagnosis> {
  const query = { fields: isOwn ? 'user_id' : 'id' };
  const answer = await ask(
    { operation: 'diagnose', method: 'get', path, query, expects: 200, target },
    call,
  );
  const account = Account.read(answer.body)?.user_id;
  if (isOwn ? account === undefined : !Page.accepts(answer.body))
    throw answer.failure('bad-response');
  const isAnother = isOwn && target.accountId !== undefined && target.accountId !== account;
  return diagnosisOf([...(isAnother ? [anotherAccount] : []), unseen]);
}
