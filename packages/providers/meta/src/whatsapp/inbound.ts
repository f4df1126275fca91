import {
  anything,
  array,
  object,
  optional,
  otherwise,
  type Schema,
  string,
} from '@typingkit/core/schema';
import { Target, type WhatsAppTarget } from './target.ts';

const text: Schema<string | undefined> = otherwise(optional(string()), undefined);
const Message = object({
  id: string(),
  type: text,
  from: text,
  // A person with a username may have no number: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
  from_user_id: text,
  group_id: text,
  timestamp: anything(),
});
const Value = object({
  metadata: object({ phone_number_id: string() }),
  messages: array(otherwise(optional(Message), undefined)),
});
const Body = object({
  object: string(/^whatsapp_business_account$/),
  entry: array(
    object({
      changes: otherwise(array(object({ value: otherwise(optional(Value), undefined) })), []),
    }),
  ),
});

/** What nobody answers: a reaction, and what tells of other messages. */
const silentTypes: ReadonlySet<string | undefined> = new Set([
  'edit',
  'reaction',
  'revoke',
  'system',
  'unsupported',
]);

/**
 * The messages of a webhook, of each chat the newest. Statuses, which tell of the bot's own messages, give none.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function whatsappTargetsIn(body: unknown): WhatsAppTarget[] {
  const newest = new Map<string, { readonly target: WhatsAppTarget; readonly at: number }>();
  const values = (Body.read(body)?.entry ?? []).flatMap(({ changes }) =>
    changes.map(({ value }) => value),
  );
  for (const value of values) {
    const phoneNumberId = value?.metadata.phone_number_id;
    for (const message of value?.messages ?? []) {
      if (!message || silentTypes.has(message.type)) continue;
      const from = message.group_id ?? message.from ?? message.from_user_id;
      const target = Target.read({ messageId: message.id, from, phoneNumberId });
      if (!target) continue;
      const key = `${phoneNumberId} ${from ?? message.id}`;
      const at = Number(message.timestamp) || 0;
      // They come in order; a late one is known by its time.
      if (at >= (newest.get(key)?.at ?? 0)) newest.set(key, { target, at });
    }
  }
  return [...newest.values()].map(({ target }) => target);
}
