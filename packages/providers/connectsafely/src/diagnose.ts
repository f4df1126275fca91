import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import type { VendorAnswer, VendorHttp } from '@typingkit/core/http';
import * as z from 'zod/mini';
import { idsIn } from './conversation-urn.ts';
import { accountReasons, noSuchAccount, ownerReasons, trialExpired } from './reasons.ts';
import type { ConnectSafelyTarget } from './target.ts';

// Only ever read to find a reason: a field that is missing or of another kind gives none.
const anything = z.lazy(() => z.optional(z.unknown()));
const Account = z.lazy(() =>
  z.object({ status: anything, enabled: anything, hasTokens: anything }),
);
const Mailbox = z.lazy(() => z.object({ success: anything, profileUrn: anything }));

/**
 * Reads the state of the account, then whose mailbox it has, and says what in them keeps typing from being seen.
 *
 * @see https://connectsafely.ai/docs/api/linkedin-account/get-account-accountid-status-get-account-status-by-id
 * @see https://connectsafely.ai/docs/api/linkedin-messaging/get-messaging-recent-messages-get-recent-messages
 */
export async function diagnoseConversation(
  http: VendorHttp,
  { conversationUrn, accountId }: ConnectSafelyTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const hidden = [conversationUrn, ...idsIn(conversationUrn), accountId ?? ''];
  const read = (path: string): Promise<VendorAnswer> =>
    http({ operation: 'diagnose', method: 'get', path, expects: 200, hidden }, call);
  const id = accountId === undefined ? undefined : encodeURIComponent(accountId);

  try {
    const status = await read(id === undefined ? '/account/status' : `/account/${id}/status`);
    const account = Account.safeParse(status.body);
    if (!account.success) throw status.failure('bad-response');
    // Nothing of an account in trouble can be read but its trouble.
    const trouble = accountReasons(account.data);
    if (trouble.length > 0) return diagnosisOf(trouble);

    const messages = await read(
      `/messaging/recent-messages?count=1${id === undefined ? '' : `&accountId=${id}`}`,
    );
    const mailbox = Mailbox.safeParse(messages.body);
    if (!mailbox.success) throw messages.failure('bad-response');
    if (mailbox.data.success === false) throw messages.failure('rejected');
    return diagnosisOf(ownerReasons(conversationUrn, mailbox.data.profileUrn));
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
