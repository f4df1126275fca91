// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import { bluebubbles, type BlueBubblesTarget } from '../src/index.ts';

test('a target is a chat of the server, which has an address', () => {
  const imessage = bluebubbles({ baseUrl: 'http://mac.example', password: () => 'word' });
  const typing = createTyping({ channels: { imessage } });
  expectTypeOf(typing.send<'imessage'>)
    .parameter(1)
    .toEqualTypeOf<BlueBubblesTarget>();
  // @ts-expect-error the chatId is Linq's
  void typing.send('imessage', { chatId: '550e8400-e29b-41d4-a716-446655440000' });
  // @ts-expect-error there is no default
  bluebubbles({ password: 'word' });
});
