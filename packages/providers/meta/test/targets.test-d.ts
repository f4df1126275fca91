// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import {
  instagram,
  type InstagramTarget,
  messenger,
  type MessengerTarget,
  whatsapp,
  type WhatsAppTarget,
} from '../src/index.ts';

const typing = createTyping({
  channels: {
    instagram: instagram({ accessToken: (target) => target.accountId ?? '' }),
    messenger: messenger({ accessToken: (target) => target.pageId ?? '' }),
    whatsapp: whatsapp({ accessToken: (target) => target.phoneNumberId ?? '' }),
  },
});

test('on WhatsApp it is a message, perhaps with its sender and the number that answers', () => {
  expectTypeOf(typing.send<'whatsapp'>)
    .parameter(1)
    .toEqualTypeOf<WhatsAppTarget>();
  void typing.send('whatsapp', { messageId: 'wamid.A', from: undefined });
  // @ts-expect-error a chat is named by a message in it
  void typing.send('whatsapp', { from: '16505551234' });
  // @ts-expect-error ids are strings
  void typing.send('whatsapp', { messageId: 'wamid.A', phoneNumberId: 106540352242922 });
});

test('on Messenger and Instagram it is a person, perhaps with the page or account', () => {
  expectTypeOf(typing.send<'messenger'>)
    .parameter(1)
    .toEqualTypeOf<MessengerTarget>();
  expectTypeOf(typing.send<'instagram'>)
    .parameter(1)
    .toEqualTypeOf<InstagramTarget>();
  // @ts-expect-error a page is none on Instagram
  void typing.send('instagram', { recipientId: '6483290847556213', pageId: '7' });
  // @ts-expect-error ids are strings
  void typing.send('messenger', { recipientId: 5_458_290_847 });
});
