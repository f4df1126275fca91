// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import { unipile, type UnipileTarget } from '../src/index.ts';

test('a target is a chat, and the account where the options name none', () => {
  const typing = createTyping({ channels: { linkedin: unipile({ apiKey: 'key' }) } });
  expectTypeOf(typing.send<'linkedin'>)
    .parameter(1)
    .toEqualTypeOf<UnipileTarget>();
  void typing.send('linkedin', { chatId: '2-ZXhhbXBsZQ==', accountId: 'acc_1' });
  // @ts-expect-error the URN is ConnectSafely's
  void typing.send('linkedin', { conversationUrn: 'urn' });
});
