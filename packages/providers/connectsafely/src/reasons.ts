import type { DiagnosisReason } from '@typingkit/core';
import { ownerOf } from './conversation-urn.ts';

export const trialExpired: DiagnosisReason = {
  code: 'trial-expired',
  effect: 'hides',
  message: 'the trial or the subscription of this ConnectSafely workspace has ended',
  advice: 'Subscribe at ConnectSafely: until then it answers 403 to everything.',
};

export const noSuchAccount: DiagnosisReason = {
  code: 'account',
  effect: 'hides',
  message: 'this API key has no such LinkedIn account',
  // A wrong address answers 404, too.
  advice:
    'Connect one at ConnectSafely, or pass an accountId that GET /accounts lists; and check baseUrl, if you have set it.',
};

/** What a start needs that nobody but the two people can see. Therefore a diagnosis never says `yes`. */
const unseen: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message: 'LinkedIn shows typing only where both sides have it switched on, and nobody can ask',
  advice:
    'Look at the recipient\'s screen once. On your side the setting is "Read receipts and typing indicators".',
};

/** Everything in the state of an account that keeps it from doing anything. */
export function accountReasons(account: {
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
      'LinkedIn has locked the account out: it wants somebody to sign in, or to solve a captcha',
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
export function ownerReasons(conversationUrn: string, profileUrn: unknown): DiagnosisReason[] {
  const owner = ownerOf(conversationUrn);
  if (owner === undefined) {
    return [
      {
        code: 'wrong-target',
        effect: 'may-hide',
        message: 'the conversationUrn has not the shape that ConnectSafely documents',
        advice: 'Take it from GET /messaging/recent-messages, as it stands there.',
      },
      unseen,
    ];
  }
  const profile = /^urn:li:fsd_profile:([\w-]+)$/.exec(String(profileUrn))?.[1];
  if (profile === undefined) {
    return [
      {
        code: 'unverified',
        effect: 'may-hide',
        message: 'ConnectSafely did not say whose mailbox the account has',
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
      message: 'the conversation is in the mailbox of another LinkedIn account than the one used',
      advice:
        'Pass the accountId that the URN was read with: the same thread has another URN for each account.',
    },
  ];
}
