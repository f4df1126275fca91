import { object, optional, refined, type Schema, string } from '@typingkit/core/schema';

/** A LinkedIn conversation, in ConnectSafely's own ids. */
export interface ConnectSafelyTarget {
  /**
   * `urn:li:msg_conversation:(urn:li:fsd_profile:…,2-…)`, not encoded. The profile in it is the owner of the mailbox,
   * so the same thread has a different URN in each account.
   */
  readonly conversationUrn: string;
  /** Which of the key's LinkedIn accounts types. Default: that of the options, else the vendor's default account. */
  readonly accountId?: string | undefined;
}

const prefix = 'urn:li:msg_conversation:';
// Both URNs that the vendor shows in full look so. It is no promise of theirs, so another shape is only warned about.
const usualShape = /^urn:li:msg_conversation:\(urn:li:fsd_profile:([\w-]+),[^(),\s]+\)$/;

/** The URN of one conversation in the mailbox of one account. */
export const ConversationUrn: Schema<string> = refined(string(), wrongUrn);

/** Whether a URN looks like those that the vendor documents. */
export function isUsualUrn(urn: string): boolean {
  return usualShape.test(urn);
}

/** The profile whose mailbox a conversation is in, where the URN has the usual shape. */
export function ownerOf(urn: string): string | undefined {
  return usualShape.exec(urn)?.[1];
}

/** The profile and the thread in a URN: the vendor also speaks of a conversation by its thread alone. */
export function idsIn(urn: string): string[] {
  return urn.slice(prefix.length).match(/[^():,\s]{16,}/g) ?? [];
}

function wrongUrn(urn: string): string | undefined {
  if (/%[0-9a-f]{2}/i.test(urn)) {
    return 'must not be percent-encoded: pass it as the API returns it, with its colons and brackets';
  }
  if (urn.startsWith('urn:li:messagingThread:') || urn.startsWith('urn:li:salesNav_thread:')) {
    return (
      `must be the URN of the conversation, ${prefix}(…), not the id of the thread: ` +
      'GET /messaging/recent-messages lists both'
    );
  }
  const isUrn = urn.startsWith(prefix) && urn.length > prefix.length && !/\s/.test(urn);
  return isUrn ? undefined : `must look like ${prefix}(urn:li:fsd_profile:…,2-…)`;
}

// Opaque on purpose: real ones are 24 hex digits, the vendor's samples are `acc_12345`. Dots alone would be another path.
export const AccountId: Schema<string> = string(
  /^(?!\.+$)[\w.:-]{1,128}$/,
  'must be a ConnectSafely account id',
);

export const Target: Schema<ConnectSafelyTarget> = object({
  conversationUrn: ConversationUrn,
  accountId: optional(AccountId),
});
