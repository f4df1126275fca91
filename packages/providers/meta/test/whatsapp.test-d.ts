// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import { whatsapp, type WhatsAppTarget } from '../src/index.ts';

const typing = createTyping({
  channels: { whatsapp: whatsapp({ accessToken: (target) => target.phoneNumberId ?? '' }) },
});

test('a target is a message, perhaps with its sender and the number that answers', () => {
  expectTypeOf(typing.send<'whatsapp'>)
    .parameter(1)
    .toEqualTypeOf<WhatsAppTarget>();
  void typing.send('whatsapp', { messageId: 'wamid.A', from: undefined });
  // @ts-expect-error a chat is named by a message in it
  void typing.send('whatsapp', { from: '16505551234' });
  // @ts-expect-error ids are strings
  void typing.send('whatsapp', { messageId: 'wamid.A', phoneNumberId: 106540352242922 });
});
