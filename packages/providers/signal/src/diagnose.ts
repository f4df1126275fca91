import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
} from '@typingkit/core';
import type { VendorAnswer, VendorClient } from '@typingkit/core/http';
import { anything, array, literal, object, string } from '@typingkit/core/schema';
import type { SignalTarget } from './target.ts';

const Accounts = array(string());
const Found = array(object({ number: anything(), registered: literal(true, false) }));

const noAccount: DiagnosisReason = {
  code: 'account',
  effect: 'hides',
  message: 'the number is not registered on this server',
  advice: 'Register or link it: GET /v1/accounts must list it.',
};
const notRegistered: DiagnosisReason = {
  code: 'not-found',
  effect: 'hides',
  message: "nobody on Signal has the target's phone number",
  advice: 'Use sourceUuid of a message of this person.',
};
/** Signal keeps it from everybody but the two clients. Therefore a diagnosis never says `yes`. */
const unseen: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message:
    'Signal shows typing only if both sides have switched it on, and there is no way to check',
  advice: "On your side, check the account's configuration in signal-cli.",
};

/** Reads which numbers the server has, and whether a phone number is one of Signal. Nothing can be asked of other ids. */
export async function diagnoseRecipient(
  ask: VendorClient<SignalTarget>,
  target: SignalTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const { recipient, number = '' } = target;
  const read = (path: string): Promise<VendorAnswer> =>
    ask({ operation: 'diagnose', method: 'get', path, expects: 200, target }, call);
  const listed = await read('/v1/accounts');
  const accounts = Accounts.read(listed.body);
  if (!accounts) throw listed.failure('bad-response');
  if (!accounts.includes(number)) return diagnosisOf([noAccount]);
  if (!recipient.startsWith('+')) return diagnosisOf([unseen]);
  const search = `/v1/search/${encodeURIComponent(number)}?numbers=${encodeURIComponent(recipient)}`;
  const found = Found.read((await read(search)).body);
  const isMissing = found?.some(({ registered }) => !registered) === true;
  return diagnosisOf([isMissing ? notRegistered : unseen]);
}
