import {
  type ChannelDiagnosis,
  createTyping,
  type InboundEvent,
  type InboundTyping,
  type Typing,
  type TypingProvider,
} from '@typingkit/core';
import { describe, expectTypeOf, test } from 'vitest';

interface Chat {
  readonly chat: string;
}
interface Pager {
  readonly number: number;
}

declare const chat: TypingProvider<Chat>;
declare const pager: TypingProvider<Pager>;
declare const onTyping: (event: InboundTyping<'chat', Chat>) => unknown;
declare const webhook: (options: { readonly onTyping: typeof onTyping }) => unknown;

type OfChat = InboundTyping<'chat', Chat>;
type OfEither = OfChat | InboundTyping<'pager', Pager>;

const typing = createTyping({ channels: { chat, pager } });

describe('what people type', () => {
  test('has the targets of its channel', () => {
    expectTypeOf(typing.inbound('chat')).toEqualTypeOf<AsyncIterable<OfChat>>();
    expectTypeOf(typing.inbound()).toEqualTypeOf<AsyncIterable<OfEither>>();
    expectTypeOf(typing.inbound(undefined, { capacity: 5 })).toEqualTypeOf<
      AsyncIterable<OfEither>
    >();
    typing.onInbound((event) => expectTypeOf(event).toEqualTypeOf<OfEither>());
    typing.onInbound((event) => expectTypeOf(event).toEqualTypeOf<OfChat>(), { channel: 'chat' });
    typing.onInbound(onTyping, { channel: 'chat' });
    // @ts-expect-error: it would get the events of the pager, too.
    typing.onInbound(onTyping);
    // @ts-expect-error: there is no such channel.
    typing.inbound('chatt');
    // @ts-expect-error: this is the target of another channel.
    typing.isPeerTyping('chat', { number: 5 });
  });

  test('comes from a webhook of one channel', () => {
    webhook({ onTyping: typing.receive });
    expectTypeOf(typing.receive<'chat'>)
      .parameter(0)
      .toEqualTypeOf<InboundEvent<'chat', Chat>>();
    // @ts-expect-error: nobody could tell whose it is.
    webhook({ onTyping: createTyping({ channels: { pager } }).receive });
  });
});

test('a diagnosis says of what it is', () => {
  expectTypeOf(typing.diagnose('chat', { chat: 'a' })).resolves.toEqualTypeOf<ChannelDiagnosis>();
  // @ts-expect-error: this is the target of another channel.
  void typing.diagnose('pager', { chat: 'a' });
});

test('a Typing of some channels is a Typing', () => {
  const general: Typing = typing;
  expectTypeOf(general.inbound()).toEqualTypeOf<AsyncIterable<InboundTyping>>();
});
