import { object, optional, type Schema, string, transform } from '@typingkit/core/schema';

/** A message on WhatsApp to answer. The indicator shows in the chat in which it came. */
export interface WhatsAppTarget {
  /** `messages[].id` of a message that a person sent: `wamid.…`. It names the chat for Meta. */
  readonly messageId: string;
  /**
   * Who sent it: `messages[].from`; in a group, `group_id`. Messages with the same one are one conversation, in which the
   * newest counts. Default: each message is a conversation of its own.
   */
  readonly from?: string | undefined;
  /** `metadata.phone_number_id`: the number that types, which is not a phone number. Default: the option of that name. */
  readonly phoneNumberId?: string | undefined;
}

export const PhoneNumberId: Schema<string> = string(
  /^\d{1,20}$/,
  "must be digits: the id of the phone number, from Meta's App Dashboard",
);

export const Target: Schema<WhatsAppTarget> = object({
  messageId: string(
    /^wamid\.[A-Za-z0-9+/_=-]{1,512}$/,
    'must be the id of a message that a person sent, such as wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI',
  ),
  // A number, a business-scoped id (US.1349…) or the id of a group.
  from: optional(
    transform(string(/^\+?[\w./=-]{1,256}$/, 'must be the sender as in the webhook'), (from) =>
      from.replace(/^\+/, ''),
    ),
  ),
  phoneNumberId: optional(PhoneNumberId),
});
