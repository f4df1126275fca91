import { object, optional, type Schema, string } from '@typingkit/core/schema';
import { ConversationUrn } from './conversation-urn.ts';

/** A LinkedIn conversation, in ConnectSafely's own ids. */
export interface ConnectSafelyTarget {
  /**
   * `urn:li:msg_conversation:(urn:li:fsd_profile:…,2-…)`, not encoded. The profile in it is the owner of the mailbox,
   * so the same thread has another URN for each account.
   */
  readonly conversationUrn: string;
  /** Which of the key's LinkedIn accounts types. Default: that of the options, else the vendor's default account. */
  readonly accountId?: string | undefined;
}

// Opaque on purpose: real ones are 24 hex digits, the vendor's samples are `acc_12345`. Dots alone would be another path.
export const AccountId: Schema<string> = string(
  /^(?!\.+$)[\w.:-]{1,128}$/,
  'must be an account id of ConnectSafely',
);

export const Target: Schema<ConnectSafelyTarget> = object({
  conversationUrn: ConversationUrn,
  accountId: optional(AccountId),
});
