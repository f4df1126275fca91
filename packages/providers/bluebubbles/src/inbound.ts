import type { ProviderInboundEvent } from '@typingkit/core';
import { array, boolean, literal, nullish, object, optional, string } from '@typingkit/core/schema';
import { type BlueBubblesTarget, Target } from './target.ts';

const NewMessage = object({
  type: literal('new-message'),
  data: object({
    isFromMe: literal(false),
    chats: array(object({ guid: string() })),
    // A reaction names the message that it is about.
    associatedMessageGuid: nullish(literal('')),
    // Anything else is news of a group: who joined, how it is called now.
    itemType: optional(literal(0)),
  }),
});
const TypingIndicator = object({
  type: literal('typing-indicator'),
  data: object({ display: boolean(), guid: string() }),
});

/** No vendor of iMessage promises an end, and this server drops some. */
const believedMs = 60_000;

/** The chat of a `new-message` webhook. What we wrote ourselves, reactions and news of a group give none. */
export function blueBubblesTargetsIn(event: unknown): BlueBubblesTarget[] {
  const guid = NewMessage.read(event)?.data.chats[0]?.guid;
  const target = Target.read({ chatGuid: guid });
  return target ? [target] : [];
}

/** A person who began or ceased to type, of a `typing-indicator` webhook. It has neither a time nor an id. */
export function blueBubblesInboundIn(event: unknown): ProviderInboundEvent<BlueBubblesTarget>[] {
  const data = TypingIndicator.read(event)?.data;
  const target = Target.read({ chatGuid: data?.guid });
  if (!data || !target) return [];
  const at = new Date();
  const state = data.display ? 'started' : 'stopped';
  const eventId = `${target.chatGuid}.${state}.${at.getTime()}`;
  return [{ state, target, at, eventId, expiresInMs: data.display ? believedMs : 0 }];
}
