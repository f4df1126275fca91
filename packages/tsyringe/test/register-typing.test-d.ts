// oxlint-disable vitest/expect-expect -- `@ts-expect-error` is an assertion, too.
import type { Typing, TypingProvider } from '@typingkit/core';
import {
  type FactoryTargets,
  providerToken,
  registerTyping,
  TYPING,
  type TypingOf,
} from '@typingkit/tsyringe';
import type { DependencyContainer, InjectionToken } from 'tsyringe';
import { describe, expectTypeOf, test } from 'vitest';

declare const container: DependencyContainer;
declare const chat: TypingProvider<{ readonly chatId: string }>;
declare const mail: TypingProvider<{ readonly urn: string }>;

const factories = { imessage: () => chat, linkedin: () => mail };
interface Targets {
  readonly imessage: { readonly chatId: string };
  readonly linkedin: { readonly urn: string };
}

describe('registerTyping', () => {
  test('returns a token that knows the channels and their targets', () => {
    const token = registerTyping(container, factories);
    const typing = container.resolve(token);
    void typing.send('imessage', { chatId: '7' });
    void typing.stop('linkedin', { urn: '7' });
    // @ts-expect-error: a typing error in the channel.
    void typing.send('imesage', { chatId: '7' });
    // @ts-expect-error: this is an iMessage target.
    void typing.send('linkedin', { chatId: '7' });
    // @ts-expect-error: one field too many.
    void typing.send('imessage', { chatId: '7', urn: '7' });
    expectTypeOf<FactoryTargets<typeof factories>>().toEqualTypeOf<Targets>();
    expectTypeOf<TypingOf<typeof factories>['send']>().toEqualTypeOf<Typing<Targets>['send']>();
  });

  test('gives each factory the container that resolves', () => {
    registerTyping(container, {
      imessage: (from) => {
        expectTypeOf(from).toEqualTypeOf<DependencyContainer>();
        return chat;
      },
    });
  });

  test('refuses what is no factory of a provider', () => {
    // @ts-expect-error: a provider is not lazy.
    registerTyping(container, { imessage: chat });
    // @ts-expect-error: nor is a promise a provider.
    registerTyping(container, { imessage: async () => chat });
    // @ts-expect-error: the channels stand beside the options, not within.
    registerTyping(container, factories, { channels: {} });
  });
});

test('the tokens are typed', () => {
  expectTypeOf(TYPING).toEqualTypeOf<InjectionToken<Typing>>();
  expectTypeOf(container.resolve(TYPING)).toEqualTypeOf<Typing>();
  expectTypeOf(container.resolve(providerToken('imessage'))).toEqualTypeOf<TypingProvider>();
});
