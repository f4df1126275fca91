import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import type { VendorAnswer, VendorClient } from '@typingkit/core/http';
import { anything, object } from '@typingkit/core/schema';
import { idsIn } from './conversation-urn.ts';
import { accountReasons, noSuchAccount, ownerReasons, trialExpired } from './reasons.ts';
import type { ConnectSafelyTarget } from './target.ts';

// Only ever read to find a reason: a field that is missing or of another kind gives none.
const Account = object({ status: anything(), enabled: anything(), hasTokens: anything() });
const Mailbox = object({ success: anything(), profileUrn: anything() });

/**
 * Reads the state of the account, then whose mailbox it has, and says what in them keeps typing from being seen.
 *
 * @see https://connectsafely.ai/docs/api/linkedin-account/get-account-accountid-status-get-account-status-by-id
 * @see https://connectsafely.ai/docs/api/linkedin-messaging/get-messaging-recent-messages-get-recent-messages
 */
export async function diagnoseConversation(
  ask: VendorClient<ConnectSafelyTarget>,
  target: ConnectSafelyTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const { conversationUrn, accountId } = target;
  const redact = idsIn(conversationUrn);
  const read = (path: string): Promise<VendorAnswer> =>
    ask({ operation: 'diagnose', method: 'get', path, expects: 200, target, redact }, call);
  const id = accountId === undefined ? undefined : encodeURIComponent(accountId);

  try {
    const status = await read(id === undefined ? '/account/status' : `/account/${id}/status`);
    const account = Account.read(status.body);
    if (!account) throw status.failure('bad-response');
    // Nothing of an account in trouble can be read but its trouble.
    const trouble = accountReasons(account);
    if (trouble.length > 0) return diagnosisOf(trouble);

    const messages = await read(
      `/messaging/recent-messages?count=1${id === undefined ? '' : `&accountId=${id}`}`,
    );
    const mailbox = Mailbox.read(messages.body);
    if (!mailbox) throw messages.failure('bad-response');
    if (mailbox.success === false) throw messages.failure('rejected');
    return diagnosisOf(ownerReasons(conversationUrn, mailbox.profileUrn));
  } catch (error) {
    const reason = TypingError.isInstance(error) ? reasonOf(error) : undefined;
    if (!reason) throw error;
    return diagnosisOf([reason]);
  }
}

/**
 * What an answer that is an error says of the account. Both endpoints are asked for an account and nothing else: 404 is
 * documented as one that the key does not have, 400 as an id that is none, and the one 403 that the vendor documents for
 * all of its API is the end of the trial or of the subscription.
 *
 * @see https://github.com/ConnectSafelyAI/connectsafely-cookbook
 */
function reasonOf({ status }: TypingError): DiagnosisReason | undefined {
  if (status === 403) return trialExpired;
  return status === 404 || status === 400 ? noSuchAccount : undefined;
}
