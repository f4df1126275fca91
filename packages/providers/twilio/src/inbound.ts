import { anything, object } from '@typingkit/core/schema';
import { AppleTarget, type TwilioTarget, WhatsAppTarget } from './target.ts';

const Message = object({
  MessageSid: anything(),
  From: anything(),
  To: anything(),
  // Only what tells of the bot's own messages has one.
  MessageStatus: anything(),
});

/**
 * The message of a webhook, whose fields come as a form. SMS, and what tells of the bot's own messages, give none.
 *
 * @see https://www.twilio.com/docs/messaging/guides/webhook-request
 */
export function twilioTargetsIn(fields: unknown): TwilioTarget[] {
  const message = Message.read(fields);
  if (!message || message.MessageStatus !== undefined) return [];
  const { MessageSid: messageId, From: from, To: to } = message;
  // The one who types is the one to whom they wrote.
  const apple = AppleTarget.read({ from: to, to: from });
  if (apple) return [apple];
  const whatsapp = WhatsAppTarget.read({ messageId, from, to });
  return whatsapp?.from === undefined ? [] : [whatsapp];
}
