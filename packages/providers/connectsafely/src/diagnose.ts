import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import type { VendorAnswer, VendorClient } from '@typingkit/core/http';
import { anything, object, otherwise, string } from '@typingkit/core/schema';
import { type ConnectSafelyTarget, idsIn, ownerOf } from './target.ts';

// Only ever read to find a reason: a field that is missing or of another kind gives none.
const Account = object({ status: anything(), enabled: anything(), hasTokens: anything() });
const Mailbox = object({ success: anything(), profileUrn: otherwise(string(), '') });

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

const trialExpired: DiagnosisReason = {
  code: 'trial-expired',
  effect: 'hides',
  message: 'the trial or the subscription of this ConnectSafely workspace has ended',
  advice: 'Subscribe at ConnectSafely. Until then it answers every request with 403.',
};

const noSuchAccount: DiagnosisReason = {
  code: 'account',
  effect: 'hides',
  message: 'this LinkedIn account does not belong to the API key',
  // A wrong address answers 404, too.
  advice:
    'Connect one at ConnectSafely, or pass an accountId that GET /accounts lists. If you have set baseUrl, check it.',
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

/** Everything in the state of an account that keeps it from doing anything. */
function accountReasons(account: {
  readonly status?: unknown;
  readonly enabled?: unknown;
  readonly hasTokens?: unknown;
}): DiagnosisReason[] {
  const reasons: DiagnosisReason[] = [];
  const add = (message: string, advice: string): void => {
    reasons.push({ code: 'account', effect: 'hides', message, advice });
  };
  if (account.status === 'ERROR') {
    add(
      'LinkedIn has locked the account: someone must sign in or solve a captcha',
      'Connect the account again at ConnectSafely.',
    );
  }
  if (account.enabled === false) {
    add('the account is switched off at ConnectSafely', 'Switch it on there.');
  }
  if (account.hasTokens === false) {
    add(
      'ConnectSafely has no session with LinkedIn for this account',
      'Connect the account again at ConnectSafely.',
    );
  }
  return reasons;
}

/** Whether a conversation is in the mailbox of the account that would type. */
function ownerReasons(conversationUrn: string, profileUrn: string): DiagnosisReason[] {
  const owner = ownerOf(conversationUrn);
  if (owner === undefined) {
    return [
      {
        code: 'wrong-target',
        effect: 'may-hide',
        message: 'the conversationUrn does not have the format that ConnectSafely documents',
        advice: 'Copy it unchanged from GET /messaging/recent-messages.',
      },
      unseen,
    ];
  }
  const profile = /^urn:li:fsd_profile:([\w-]+)$/.exec(profileUrn)?.[1];
  if (profile === undefined) {
    return [
      {
        code: 'unverified',
        effect: 'may-hide',
        message: 'ConnectSafely did not say which mailbox belongs to the account',
        advice: 'Compare the profile in the conversationUrn with the account by hand.',
      },
      unseen,
    ];
  }
  if (profile === owner) return [unseen];
  return [
    {
      code: 'wrong-owner',
      effect: 'hides',
      message: 'the conversation is in the mailbox of a different LinkedIn account',
      advice:
        'Pass the accountId that the URN was read with: the same thread has a different URN in each account.',
    },
  ];
}
