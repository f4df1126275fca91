import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import type { VendorAnswer, VendorClient } from '@typingkit/core/http';
import { anything, array, object, otherwise } from '@typingkit/core/schema';
import type { UnipileTarget } from './target.ts';

// Only ever read to find a reason: a field that is missing gives none.
const Account = object({ status: anything() });
const Chat = object({
  is_readonly: anything(),
  is_group: anything(),
  restrictions: otherwise(array(anything()), []),
});

/** @see https://developer.unipile.com/v2.0/docs/status-lifecycle */
const states: ReadonlyMap<unknown, string> = new Map([
  ['errored', 'Unipile cannot reach LinkedIn with this account'],
  ['disconnected', 'the account has lost its session with LinkedIn'],
  ['paused', 'the account is paused at Unipile'],
]);

const trialExpired: DiagnosisReason = {
  code: 'trial-expired',
  effect: 'hides',
  message: 'the subscription at Unipile is not active',
  advice: 'Renew it: until then Unipile refuses every request.',
};
const wrongOwner: DiagnosisReason = {
  code: 'wrong-owner',
  effect: 'hides',
  message: 'this account does not have the chat',
  advice: 'Pass the accountId with which the chat was listed.',
};
const left: DiagnosisReason = {
  code: 'left',
  effect: 'hides',
  message: 'the account can only read this chat',
  advice: 'Nothing can be sent there. Find out who left or blocked whom.',
};
const restricted: DiagnosisReason = {
  code: 'forbidden',
  effect: 'may-hide',
  message: 'LinkedIn restricts who may send messages in this chat',
  advice: 'Send a message by hand to see whether it is accepted.',
};
const group: DiagnosisReason = {
  code: 'group',
  effect: 'may-hide',
  message:
    'the chat has more than two members, and it is not documented whether typing shows there',
  advice: "Check a recipient's screen once.",
};
/** What a start needs that nobody but the two people can see. Therefore a diagnosis never says `yes`. */
const unseen: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message:
    'LinkedIn shows typing only if both sides have switched it on, and there is no way to check',
  advice:
    'Check the recipient\'s screen once. On your side the setting is "Read receipts and typing indicators".',
};

/**
 * Reads the state of the account, then the chat.
 *
 * @see https://developer.unipile.com/v2.0/docs/status-lifecycle
 */
export async function diagnoseChat(
  ask: VendorClient<UnipileTarget>,
  accountPath: string,
  chatPath: string,
  target: UnipileTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const read = (path: string): Promise<VendorAnswer> =>
    ask({ operation: 'diagnose', method: 'get', path, expects: 200, target }, call);
  try {
    const trouble = states.get(Account.read((await read(accountPath)).body)?.status);
    if (trouble !== undefined) return diagnosisOf([accountReason(trouble)]);
  } catch (error) {
    return diagnosisOf([reasonOf(error, accountReason('the API key has no such account'))]);
  }
  try {
    const chat = Chat.read((await read(chatPath)).body);
    return diagnosisOf([
      ...(chat?.is_readonly === true ? [left] : []),
      ...(chat?.restrictions.includes('send_message') === true ? [restricted] : []),
      ...(chat?.is_group === true ? [group] : []),
      unseen,
    ]);
  } catch (error) {
    return diagnosisOf([reasonOf(error, wrongOwner)]);
  }
}

/** @param missing what a 404 says. @throws what says nothing of account or chat. */
function reasonOf(error: unknown, missing: DiagnosisReason): DiagnosisReason {
  const { code, vendorCode } = TypingError.isInstance(error) ? error : {};
  if (code === 'not-found') return missing;
  if (vendorCode === 'api/inactive_subscription') return trialExpired;
  if (code === 'unauthenticated' && vendorCode?.startsWith('provider/') === true)
    return accountReason('the account has lost its session with LinkedIn');
  throw error;
}

function accountReason(message: string): DiagnosisReason {
  const advice = 'Look at the account in the dashboard of Unipile, and connect it again.';
  return { code: 'account', effect: 'hides', message, advice };
}
