import {
  anything,
  array,
  object,
  optional,
  otherwise,
  type OutputOf,
} from '@typingkit/core/schema';
import { OwnerId, PersonId } from './person.ts';

const Event = object({
  sender: object({ id: PersonId }),
  message: otherwise(
    optional(object({ is_echo: anything(), is_deleted: anything(), is_unsupported: anything() })),
    undefined,
  ),
  postback: anything(),
});
const Body = object({
  object: anything(),
  entry: array(
    object({
      id: OwnerId,
      // Where another app has the conversation, `standby` stands here instead: nobody asks us then.
      messaging: otherwise(array(otherwise(optional(Event), undefined)), []),
    }),
  ),
});

/** Somebody who wrote, and the page or account to which they did. */
export interface Sender {
  readonly personId: string;
  readonly ownerId: string;
}

/**
 * Who is to be answered in a webhook, each of them once: whoever wrote, or pressed a button. What the page itself wrote, what
 * was deleted, reactions and receipts give nobody.
 *
 * @param product `page` for Messenger, `instagram` for Instagram: both may come to one address.
 */
export function sendersIn(body: unknown, product: 'page' | 'instagram'): readonly Sender[] {
  const read = Body.read(body);
  if (read?.object !== product) return [];
  const senders = new Map<string, Sender>();
  for (const { id: ownerId, messaging } of read.entry) {
    for (const event of messaging) {
      if (!event || !isToAnswer(event) || event.sender.id === ownerId) continue;
      const personId = event.sender.id;
      senders.set(`${ownerId} ${personId}`, { personId, ownerId });
    }
  }
  return [...senders.values()];
}

function isToAnswer({ message, postback }: OutputOf<typeof Event>): boolean {
  if (!message) return typeof postback === 'object' && postback !== null;
  return !message.is_echo && !message.is_deleted && !message.is_unsupported;
}
