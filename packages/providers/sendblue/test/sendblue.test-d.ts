// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import { sendblue, type SendblueTarget } from '../src/index.ts';

const credentials = { apiKeyId: 'id', apiSecretKey: 'secret' };
const typing = createTyping({ channels: { imessage: sendblue({ credentials }) } });

test('a target is a person, and perhaps a line', () => {
  expectTypeOf(typing.send<'imessage'>)
    .parameter(1)
    .toEqualTypeOf<SendblueTarget>();
  // @ts-expect-error that is Linq's
  void typing.send('imessage', { chatId: '550e8400-e29b-41d4-a716-446655440000' });
});

test('a function of the credentials gets the target, and returns both keys', () => {
  sendblue({
    credentials(target) {
      expectTypeOf(target).toEqualTypeOf<SendblueTarget>();
      return credentials;
    },
  });
  // @ts-expect-error one key is not enough
  sendblue({ credentials: { apiKeyId: 'id' } });
});
