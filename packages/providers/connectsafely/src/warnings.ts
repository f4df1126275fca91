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
      message: 'ConnectSafely typed with another account than was asked for: see vendor.accountId.',
    });
  }
  if (!isUsualUrn(conversationUrn)) {
    warnings.push({
      code: 'unusual-urn',
      message: 'The conversationUrn has not the shape that ConnectSafely documents.',
    });
  }
  return warnings;
}
