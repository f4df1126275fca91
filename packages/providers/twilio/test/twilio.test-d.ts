// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import { twilio, type TwilioTarget, type TwilioWhatsAppTarget } from '../src/index.ts';

const credentials = { accountSid: 'AC1', authToken: 'token' };

test('a target is of the network that is chosen, or else of either', () => {
  const typing = createTyping({
    channels: {
      either: twilio({ credentials }),
      whatsapp: twilio({ network: 'whatsapp', credentials }),
    },
  });
  expectTypeOf(typing.send<'either'>)
    .parameter(1)
    .toEqualTypeOf<TwilioTarget>();
  expectTypeOf(typing.send<'whatsapp'>)
    .parameter(1)
    .toEqualTypeOf<TwilioWhatsAppTarget>();
  // @ts-expect-error that is Apple's
  void typing.send('whatsapp', { from: 'apple:1', to: 'apple:2' });
});
