import type { TypingWarning } from '@typingkit/core';
import { type ConnectSafelyTarget, isUsualUrn } from './target.ts';

/** @param usedAccountId the account that really typed, as ConnectSafely echoes it. */
export function warningsOf(
  { conversationUrn, accountId }: ConnectSafelyTarget,
  usedAccountId: string | undefined,
): TypingWarning[] {
  const warnings: TypingWarning[] = [];
  if (accountId !== undefined && usedAccountId !== undefined && accountId !== usedAccountId) {
    warnings.push({
      code: 'account-mismatch',
      message: 'ConnectSafely typed with a different account than requested: see vendor.accountId.',
    });
  }
  if (!isUsualUrn(conversationUrn)) {
    warnings.push({
      code: 'unusual-urn',
      message: 'The conversationUrn does not have the format that ConnectSafely documents.',
    });
  }
  return warnings;
}
