import { object, optional, type Schema, string } from '@typingkit/core/schema';

/** A chat on LinkedIn, in the ids of Unipile. */
export interface UnipileTarget {
  /** The chat, as Unipile lists it: on LinkedIn the id in `linkedin.com/messaging/thread/{id}/`. */
  readonly chatId: string;
  /** Which of the linked accounts types: `acc_…`. Default: the option of that name. */
  readonly accountId?: string | undefined;
}

export const AccountId: Schema<string> = string(
  /^acc_[\w-]{1,128}$/,
  'must be the id of a linked account, such as acc_01example',
);

export const Target: Schema<UnipileTarget> = object({
  chatId: string(
    /^[\w=+/-]{1,512}$/,
    'must be the id of a chat as Unipile lists it, such as 2-ZXhhbXBsZQ==, and not a URN',
  ),
  accountId: optional(AccountId),
});
