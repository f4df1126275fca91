// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import { signal, type SignalTarget } from '../src/index.ts';

test('a target is a recipient, and the number where the options name none', () => {
  const typing = createTyping({ channels: { signal: signal({ number: '+15551234567' }) } });
  expectTypeOf(typing.send<'signal'>)
    .parameter(1)
    .toEqualTypeOf<SignalTarget>();
  void typing.send('signal', { recipient: 'u:ada.42', number: '+15551234567' });
  // @ts-expect-error a number has a plus and is a string
  void typing.send('signal', { recipient: 15551234567 });
});
