// oxlint-disable vitest/expect-expect -- `expectTypeOf` is an assertion, too.
import { createTyping } from '@typingkit/core';
import { describe, expectTypeOf, test } from 'vitest';
import { telegram, telegramChannel, type TelegramTarget } from '../src/index.ts';

describe('a Telegram target', () => {
  const typing = createTyping({ channels: { telegram: telegram({ botToken: '1:A' }) } });

  test('is a chat, by its id or its username, perhaps a topic or a business connection', () => {
    expectTypeOf(typing.send<'telegram'>)
      .parameter(1)
      .toEqualTypeOf<TelegramTarget>();
    expectTypeOf<{ chatId: 42 }>().toExtend<TelegramTarget>();
    expectTypeOf<{ chatId: '@group'; threadId: 7 }>().toExtend<TelegramTarget>();
    expectTypeOf<{ chatId: 42; businessConnectionId: 'A' }>().toExtend<TelegramTarget>();
  });

  test('is nothing without its chat, and no topic by its name', () => {
    expectTypeOf<{ threadId: 7 }>().not.toExtend<TelegramTarget>();
    expectTypeOf<{ chatId: 42; threadId: 'General' }>().not.toExtend<TelegramTarget>();
    // @ts-expect-error -- The field is called chatId.
    void typing.send('telegram', { chat_id: 42 });
  });

  test('belongs to the channel telegram', () => {
    expectTypeOf(telegramChannel.channel).toEqualTypeOf<'telegram'>();
  });
});
