import { object, optional, type Schema, string } from '@typingkit/core/schema';

/** A person on iMessage, and the line that writes to them. Groups have no indicator at Sendblue. */
export interface SendblueTarget {
  /** The person's phone number: `+14155551234`. */
  readonly number: string;
  /** The line that types, one of your Sendblue numbers. Default: the option of that name. */
  readonly fromNumber?: string | undefined;
}

export const PhoneNumber: Schema<string> = string(
  /^\+[1-9]\d{6,14}$/,
  'must be a phone number with its country code, such as "+14155551234"',
);

export const Target: Schema<SendblueTarget> = object({
  number: PhoneNumber,
  fromNumber: optional(PhoneNumber),
});
