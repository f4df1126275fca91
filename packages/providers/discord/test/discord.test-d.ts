// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import { discord, type DiscordTarget } from '../src/index.ts';

const typing = createTyping({ channels: { discord: discord({ botToken: () => 'token' }) } });

test('a target is one channel id, and a string', () => {
  expectTypeOf(typing.send<'discord'>)
    .parameter(1)
    .toEqualTypeOf<DiscordTarget>();
  // @ts-expect-error a number would lose digits
  void typing.send('discord', { channelId: 1234567890123456 });
  // @ts-expect-error the vendor's own name is spelt otherwise
  void typing.send('discord', { channel_id: '1234567890123456789' });
});

test('a token function gets the target', () => {
  discord({
    botToken(target) {
      expectTypeOf(target).toEqualTypeOf<DiscordTarget>();
      return Promise.resolve('token');
    },
  });
});
