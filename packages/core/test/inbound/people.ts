import {
  createTyping,
  type InboundTyping,
  type Typing,
  type TypingEvent,
  type TypingOptions,
} from '@typingkit/core';
import {
  type FakeProvider,
  fakeProvider,
  type VirtualClock,
  virtualClock,
} from '@typingkit/testing';

export interface Chat {
  readonly chat: string;
}

type Targets = { readonly chat: Chat; readonly room: Chat; readonly mute: Chat };
export type ChatTyping = InboundTyping<'chat', Chat>;

/** A `Typing` with two channels that tell who types and one, `mute`, that does not, on a clock that stands still. */
export interface People {
  readonly typing: Typing<Targets>;
  readonly clock: VirtualClock;
  readonly provider: FakeProvider<Chat>;
  readonly events: TypingEvent[];
}

export function people(options: Partial<Pick<TypingOptions, 'onEvent'>> = {}): People {
  const clock = virtualClock();
  const events: TypingEvent[] = [];
  const provider = chats();
  const typing = createTyping({
    channels: {
      chat: provider,
      room: chats(),
      mute: fakeProvider<Chat>({ name: 'silent', capabilities: { inbound: false } }),
    },
    clock,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { typing, clock, provider, events };
}

function chats(): FakeProvider<Chat> {
  return fakeProvider<Chat>({ conversationKey: ({ chat }) => chat });
}

let newest = 0;

/** An event of the vendor, newer than all before, unless told otherwise. */
export function typed(
  chat: string,
  state: 'started' | 'stopped',
  changes: Partial<ChatTyping> = {},
): ChatTyping {
  newest += 1;
  return {
    channel: 'chat',
    provider: 'fake',
    target: { chat },
    state,
    at: new Date(newest),
    eventId: `event-${newest}`,
    expiresInMs: state === 'started' ? 60_000 : 0,
    ...changes,
  };
}

/** What a listener hears, as `alice started` and the like. */
export function heard(typing: People['typing']): string[] {
  const words: string[] = [];
  typing.onInbound(({ target, state, isExpired }) => {
    words.push(`${target.chat} ${isExpired ? 'expired' : state}`);
  });
  return words;
}
