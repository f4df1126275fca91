import { anything, literal, object, string } from '@typingkit/core/schema';
import { AccountId, Target, type UnipileTarget } from './target.ts';

// Documented is that an event has its type and the account, and the message as its payload. The fields of the message are
// those that version 1 documents. https://developer.unipile.com/v2.0/docs/migration-webhooks
const MessageNew = object({
  type: literal('message.new'),
  account_id: AccountId,
  payload: object({ chat_id: string(), is_sender: anything() }),
});

/** The chat of a `message.new` event. What the account itself wrote, on whatever device, gives none. */
export function unipileTargetsIn(event: unknown): UnipileTarget[] {
  const message = MessageNew.read(event);
  // Version 1 writes 0 and 1.
  if (!message || message.payload.is_sender === true || message.payload.is_sender === 1) return [];
  const target = Target.read({ chatId: message.payload.chat_id, accountId: message.account_id });
  return target ? [target] : [];
}
