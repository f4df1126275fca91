import { object, optional, type Schema, string } from '@typingkit/core/schema';

/** A message on WhatsApp to answer. The indicator shows in the chat in which it came. */
export interface TwilioWhatsAppTarget {
  /** `MessageSid` of a recent message that the person sent: `SM…` or `MM…`. */
  readonly messageId: string;
  /**
   * Who sent it, as `From`: `whatsapp:+14155551234`. Messages with the same `from` and `to` are one conversation. Default: each
   * message is a conversation of its own.
   */
  readonly from?: string | undefined;
  /** Your number, as `To`. */
  readonly to?: string | undefined;
}

/** A person on Apple Messages for Business, and your business. */
export interface TwilioAppleTarget {
  /** Your business: `apple:` and a UUID. It is `To` of the person's messages. */
  readonly from: string;
  /** The person: `apple:urn:mbid:…`. It is `From` of their messages. */
  readonly to: string;
}

/** The targets of each network. */
export interface TwilioTargets {
  readonly whatsapp: TwilioWhatsAppTarget;
  readonly apple: TwilioAppleTarget;
}

/** A network that Twilio types on. */
export type TwilioNetwork = keyof TwilioTargets;

/** A target on any network. */
export type TwilioTarget = TwilioTargets[TwilioNetwork];

const address = optional(
  string(/^whatsapp:[\w+.-]{1,256}$/, 'must be an address such as "whatsapp:+14155551234"'),
);

export const WhatsAppTarget: Schema<TwilioWhatsAppTarget> = object({
  messageId: string(
    /^(?:SM|MM)[0-9a-fA-F]{32}$/,
    'must be the MessageSid of a message that a person sent: SM or MM and 32 hexadecimal digits',
  ),
  from: address,
  to: address,
});

export const AppleTarget: Schema<TwilioAppleTarget> = object({
  from: string(/^apple:[0-9a-fA-F-]{36}$/, 'must be your business: "apple:" and a UUID'),
  to: string(
    /^apple:urn:mbid:[\w+/=.-]{1,256}$/,
    'must be a person such as "apple:urn:mbid:AQAAY"',
  ),
});

/** Which network a target is of. Only Apple's has no message. */
export function networkOf(target: TwilioTarget): TwilioNetwork {
  return 'messageId' in target ? 'whatsapp' : 'apple';
}
