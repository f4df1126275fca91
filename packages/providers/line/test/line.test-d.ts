// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import { line, type LineTarget } from '../src/index.ts';

const typing = createTyping({ channels: { line: line({ channelAccessToken: () => 'token' }) } });

test('a target is a person, a group or a room', () => {
  expectTypeOf(typing.send<'line'>)
    .parameter(1)
    .toEqualTypeOf<LineTarget>();
  // @ts-expect-error LINE's own name would also be that of a group
  void typing.send('line', { chatId: 'U4af4980629d9a7bd4cb8aeab5b3b9bd1' });
});
