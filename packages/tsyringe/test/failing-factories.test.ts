import 'reflect-metadata';
import { TypingError, type TypingProvider } from '@typingkit/core';
import { providerToken, type ProviderFactory, registerTyping, TYPING } from '@typingkit/tsyringe';
import { container as root, type DependencyContainer, inject, injectable } from 'tsyringe';
import { beforeEach, describe, expect, test } from 'vitest';
import { pager, type Wire } from './pager.ts';

let container: DependencyContainer;
let wire: Wire;
beforeEach(() => {
  container = root.createChildContainer();
  wire = [];
});

class VaultError extends Error {}

class Vault {
  readonly key: string;

  constructor(key: string) {
    this.key = key;
  }
}
inject('linq key')(Vault, undefined, 0);
injectable()(Vault);

class BrokenVault {
  declare readonly provider: () => TypingProvider;

  constructor() {
    throw new VaultError('sk_secret');
  }
}

async function failure(factory: ProviderFactory): Promise<TypingError> {
  registerTyping(container, { imessage: factory });
  const sent = container.resolve(TYPING).send('imessage', { pager: '7' });
  const error: unknown = await sent.catch((reason: unknown) => reason);
  if (TypingError.isInstance(error)) return error;
  throw new Error('nothing failed');
}

describe('a factory that fails', () => {
  test('for a token that nobody has registered names the token', async () => {
    const error = await failure((from) => pager(from.resolve('linq key')));
    expect(error).toMatchObject({
      code: 'misconfigured',
      channel: 'imessage',
      message:
        '[imessage] the factory of "imessage" needs "linq key", which is not registered in its container. ' +
        'Register it before the channel is used.',
    });
  });

  test('for a symbol names that', async () => {
    const error = await failure((from) => pager(from.resolve(Symbol('linq key'))));
    expect(error.reason).toContain('needs "Symbol(linq key)"');
  });

  test('for a token that a class asks for names both', async () => {
    const error = await failure((from) => pager(from.resolve(Vault).key));
    expect(error.reason).toBe(
      'the factory of "imessage" needs "linq key", which is not registered in its container (Vault asks for it)',
    );
  });

  test.for<[what: string, thrown: unknown, name: string]>([
    ['its class', new VaultError('sk_secret'), 'VaultError'],
    ['a class that the language has', new RangeError('sk_secret'), 'RangeError'],
    ['what it is, where it is no error', 'sk_secret', 'a string'],
    [
      'nothing of a name that is a text',
      Object.assign(new Error('x'), { name: 'sk_secret' }),
      'Error',
    ],
  ])('by throwing says %s, and never its message', async ([, thrown, name]) => {
    const error = await failure(() => {
      throw thrown;
    });
    expect(error.reason).toBe(`the factory of "imessage" threw ${name}`);
    expect(JSON.stringify(error)).not.toContain('sk_secret');
  });

  test('in a constructor says so', async () => {
    const error = await failure((from) => from.resolve(BrokenVault).provider());
    expect(error.reason).toContain('threw VaultError');
    expect(error.message).not.toContain('sk_secret');
  });

  test('is asked again at the next use', async () => {
    const error = await failure((from) => pager(from.resolve('linq key'), wire));
    expect(error.code).toBe('misconfigured');
    container.register('linq key', { useValue: 'sk_1' });
    await container.resolve(TYPING).send('imessage', { pager: '7' });
    expect(wire).toEqual(['POST /7 as sk_1']);
  });
});

describe('a factory that resolves itself', () => {
  const advice = 'Create the provider in the factory, or resolve it from the parent container.';

  test.for<[how: string, factory: ProviderFactory]>([
    ['at once', (from) => from.resolve(providerToken('imessage'))],
    ['through a class', (from) => from.resolve(Wrapper).provider],
  ])('%s says so, in place of "maximum call stack size exceeded"', async ([, factory]) => {
    const error = await failure(factory);
    expect(error).toMatchObject({ code: 'misconfigured', channel: 'imessage', advice });
    expect(error.reason).toContain('the factory of "imessage" resolves its own channel');
  });

  test('through another channel says so', async () => {
    registerTyping(container, { linkedin: (from) => from.resolve(providerToken('imessage')) });
    const error = await failure((from) => from.resolve(providerToken('linkedin')));
    expect(error).toMatchObject({ code: 'misconfigured', advice });
  });

  test('may resolve the one of its parent, to wrap it', async () => {
    registerTyping(container, { imessage: () => pager('sk_parent', wire) });
    const child = container.createChildContainer();
    registerTyping(child, { imessage: () => container.resolve(providerToken('imessage')) });
    await child.resolve(TYPING).send('imessage', { pager: '7' });
    expect(wire).toEqual(['POST /7 as sk_parent']);
  });
});

class Wrapper {
  readonly provider: TypingProvider;

  constructor(provider: TypingProvider) {
    this.provider = provider;
  }
}
inject(providerToken('imessage'))(Wrapper, undefined, 0);
injectable()(Wrapper);
