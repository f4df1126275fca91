import { object, optional, type Schema, string, transform } from '@typingkit/core/schema';

/** A person or a group on Signal. */
export interface SignalTarget {
  /**
   * The person's account id (a UUID, `sourceUuid` in what signal-cli receives), phone number (`+15551234567`) or name
   * (`u:ada.42`), or a group: `group.` and its id. The account id is best: a person may hide the number.
   */
  readonly recipient: string;
  /** The registered number that types: `+15551234567`. Default: the option of that name. */
  readonly number?: string | undefined;
}

export const OwnNumber: Schema<string> = string(
  /^\+[1-9]\d{4,18}$/,
  'must be the registered number, with + and country code, such as +15551234567',
);

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const recipient =
  /^(?:\+[1-9]\d{4,18}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|u:[^\s/]{1,64}|group\.[\w+/-]{4,128}={0,2})$/i;

export const Target: Schema<SignalTarget> = object({
  recipient: transform(
    string(
      recipient,
      'must be an account id (a UUID), a phone number with +, u: and a name, or group. and the id of a group',
    ),
    // Two spellings of one account id are one conversation.
    (text) => (uuid.test(text) ? text.toLowerCase() : text),
  ),
  number: optional(OwnNumber),
});
