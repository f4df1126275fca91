import 'reflect-metadata';
import { type Clock, systemClock, TypingError } from '@typingkit/core';
import { providerToken, registerTyping, TYPING } from '@typingkit/tsyringe';
import { container as root, type DependencyContainer } from 'tsyringe';
import { beforeEach, describe, expect, test } from 'vitest';
import { pager, type Wire } from './pager.ts';

let container: DependencyContainer;
let wire: Wire;
beforeEach(() => {
  container = root.createChildContainer();
  wire = [];
});

test('importing the package registers nothing', () => {
  expect(root.isRegistered(TYPING)).toBe(false);
  expect(root.isRegistered(providerToken('imessage'))).toBe(false);
});

describe('registerTyping', () => {
  test('chooses the provider by channel', async () => {
    const typing = container.resolve(
      registerTyping(container, {
        imessage: () => pager('sk_imessage', wire),
        linkedin: () => pager('sk_linkedin', wire),
      }),
    );
    await typing.send('linkedin', { pager: '7' });
    await typing.send('imessage', { pager: '7' });
    await typing.stop('linkedin', { pager: '7' });
    expect(wire).toEqual([
      'POST /7 as sk_linkedin',
      'POST /7 as sk_imessage',
      'DELETE /7 as sk_linkedin',
    ]);
  });

  test('returns the token TYPING', () => {
    expect(registerTyping(container, { imessage: () => pager('sk_1') })).toBe(TYPING);
  });

  test('touches no container but the one that it gets', () => {
    registerTyping(container, { imessage: () => pager('sk_1') });
    expect(root.isRegistered(TYPING)).toBe(false);
    expect(root.isRegistered(providerToken('imessage'))).toBe(false);
  });

  test('makes a provider when its channel is first used, and once', async () => {
    let made = 0;
    registerTyping(container, {
      imessage: () => {
        made += 1;
        return pager('sk_1', wire);
      },
    });
    const typing = container.resolve(TYPING);
    expect(made).toBe(0);
    await typing.send('imessage', { pager: '7' });
    await typing.send('imessage', { pager: '8' });
    expect(container.resolve(TYPING)).toBe(typing);
    expect(container.resolve(providerToken('imessage')).name).toBe('pager');
    expect(made).toBe(1);
  });

  test('lets a key that is missing for one channel break no other, and asks for it again', async () => {
    const keys: { linkedin?: string } = {};
    const typing = container.resolve(
      registerTyping(container, {
        imessage: () => pager('sk_imessage', wire),
        linkedin: () => {
          if (keys.linkedin) return pager(keys.linkedin, wire);
          throw new TypingError({ code: 'misconfigured', reason: 'there is no API key' });
        },
      }),
    );
    await expect(typing.send('linkedin', { pager: '7' })).rejects.toMatchObject({
      code: 'misconfigured',
      channel: 'linkedin',
      message: '[linkedin] there is no API key',
    });
    await typing.send('imessage', { pager: '7' });
    keys.linkedin = 'sk_linkedin';
    await typing.send('linkedin', { pager: '7' });
    expect(wire).toEqual(['POST /7 as sk_imessage', 'POST /7 as sk_linkedin']);
  });

  test('says of an unknown channel which there are', async () => {
    registerTyping(container, { imessage: () => pager('sk_1'), linkedin: () => pager('sk_2') });
    await expect(container.resolve(TYPING).send('imesage', {})).rejects.toMatchObject({
      code: 'unknown-channel',
      message:
        'there is no channel called "imesage". ' +
        'Did you mean "imessage"? The channels are "imessage", "linkedin".',
    });
  });

  test('adds channels where it is called again, and replaces those of the same name', async () => {
    registerTyping(container, { imessage: () => pager('sk_old', wire) });
    const first = container.resolve(TYPING);
    registerTyping(container, {
      imessage: () => pager('sk_new', wire),
      linkedin: () => pager('sk_2', wire),
    });
    const second = container.resolve(TYPING);
    expect(second).not.toBe(first);
    await second.send('imessage', { pager: '7' });
    await second.send('linkedin', { pager: '7' });
    expect(wire).toEqual(['POST /7 as sk_new', 'POST /7 as sk_2']);
  });
});

describe('a child container', () => {
  test('is a tenant with credentials and indicators of its own', async () => {
    registerTyping(container, { imessage: () => pager('sk_parent', wire) });
    const tenant = container.createChildContainer();
    registerTyping(tenant, { imessage: () => pager('sk_tenant', wire) });
    const target = { pager: '7' };
    // The same conversation for both: what is up for one does not coalesce a start of the other.
    const receipts = [
      await container.resolve(TYPING).send('imessage', target),
      await tenant.resolve(TYPING).send('imessage', target),
      await container.resolve(TYPING).send('imessage', target),
      await tenant.resolve(TYPING).send('imessage', target),
    ];
    expect(receipts.map(({ status }) => status)).toEqual([
      'accepted',
      'accepted',
      'coalesced',
      'coalesced',
    ]);
    expect(wire).toEqual(['POST /7 as sk_parent', 'POST /7 as sk_tenant']);
  });

  test('that registers nothing has providers of its own by the parent’s factories', async () => {
    const ACCOUNT = Symbol('account');
    container.register(ACCOUNT, { useValue: 'sk_parent' });
    registerTyping(container, { imessage: (from) => pager(from.resolve(ACCOUNT), wire) });
    const tenant = container.createChildContainer();
    tenant.register(ACCOUNT, { useValue: 'sk_tenant' });
    await tenant.resolve(TYPING).send('imessage', { pager: '7' });
    await container.resolve(TYPING).send('imessage', { pager: '7' });
    expect(wire).toEqual(['POST /7 as sk_tenant', 'POST /7 as sk_parent']);
    expect(tenant.resolve(providerToken('imessage'))).not.toBe(
      container.resolve(providerToken('imessage')),
    );
  });

  test('inherits the channels that it does not register', async () => {
    registerTyping(container, {
      imessage: () => pager('sk_parent', wire),
      linkedin: () => pager('sk_parent', wire),
    });
    const tenant = container.createChildContainer();
    registerTyping(tenant, {
      linkedin: () => pager('sk_tenant', wire),
      telegram: () => pager('sk_tenant', wire),
    });
    const typing = tenant.resolve(TYPING);
    for (const channel of ['imessage', 'linkedin', 'telegram']) {
      await typing.send(channel, { pager: '7' });
    }
    expect(wire).toEqual(['POST /7 as sk_parent', 'POST /7 as sk_tenant', 'POST /7 as sk_tenant']);
    await expect(typing.send('pigeon', {})).rejects.toThrow(
      'The channels are "imessage", "linkedin", "telegram".',
    );
    await expect(container.resolve(TYPING).send('telegram', {})).rejects.toThrow(
      'The channels are "imessage", "linkedin".',
    );
  });

  test('inherits the options, or brings its own', async () => {
    let nowMs = 0;
    const clock: Clock = { ...systemClock, now: () => nowMs };
    registerTyping(container, { imessage: () => pager('sk_1', wire) }, { clock });
    const tenant = container.createChildContainer();
    registerTyping(tenant, { linkedin: () => pager('sk_2', wire) });
    const other = container.createChildContainer();
    registerTyping(other, {}, { clock: systemClock });
    const statusesOf = async (from: DependencyContainer): Promise<string[]> => {
      const typing = from.resolve(TYPING);
      const first = await typing.send('imessage', { pager: '7' });
      nowMs += 10_000;
      const second = await typing.send('imessage', { pager: '7' });
      return [first.status, second.status];
    };
    await expect(statusesOf(tenant)).resolves.toEqual(['accepted', 'accepted']);
    await expect(statusesOf(other)).resolves.toEqual(['accepted', 'coalesced']);
  });
});

describe('container.dispose()', () => {
  test('clears what is up and closes the providers, once', async () => {
    registerTyping(container, {
      imessage: () => pager('sk_1', wire),
      linkedin: () => pager('sk_2', wire),
    });
    const typing = container.resolve(TYPING);
    await typing.send('imessage', { pager: '7' });
    await container.dispose();
    // The other channel was never used: it has no provider to close.
    expect(wire).toEqual(['POST /7 as sk_1', 'DELETE /7 as sk_1', 'closed sk_1']);
    await expect(typing.send('imessage', { pager: '7' })).rejects.toMatchObject({
      code: 'stopped',
    });
  });

  test('of a tenant leaves its parent and its neighbours alone', async () => {
    registerTyping(container, { imessage: () => pager('sk_parent', wire) });
    const tenants = ['sk_a', 'sk_b'].map((key) => {
      const tenant = container.createChildContainer();
      registerTyping(tenant, { imessage: () => pager(key, wire) });
      return tenant;
    });
    const [first, second] = tenants;
    for (const each of [container, first, second]) {
      await each?.resolve(TYPING).send('imessage', { pager: '7' });
    }
    wire.length = 0;
    await first?.dispose();
    expect(wire).toEqual(['DELETE /7 as sk_a', 'closed sk_a']);
    await second?.resolve(TYPING).stop('imessage', { pager: '7' });
    await container.resolve(TYPING).stop('imessage', { pager: '7' });
    expect(wire.slice(2)).toEqual(['DELETE /7 as sk_b', 'DELETE /7 as sk_parent']);
  });

  test('of the parent leaves its tenants alone', async () => {
    registerTyping(container, { imessage: () => pager('sk_parent', wire) });
    const tenant = container.createChildContainer();
    registerTyping(tenant, { imessage: () => pager('sk_tenant', wire) });
    const typing = tenant.resolve(TYPING);
    await typing.send('imessage', { pager: '7' });
    await container.resolve(TYPING).send('imessage', { pager: '7' });
    wire.length = 0;
    await container.dispose();
    expect(wire).toEqual(['DELETE /7 as sk_parent', 'closed sk_parent']);
    await expect(typing.stop('imessage', { pager: '7' })).resolves.toMatchObject({
      status: 'cleared',
    });
  });

  test('closes also what an earlier registration had opened', async () => {
    registerTyping(container, { imessage: () => pager('sk_old', wire) });
    await container.resolve(TYPING).send('imessage', { pager: '7' });
    registerTyping(container, { imessage: () => pager('sk_new', wire) });
    await container.resolve(TYPING).send('imessage', { pager: '8' });
    await container.dispose();
    expect(wire.toSorted()).toEqual([
      'DELETE /7 as sk_old',
      'DELETE /8 as sk_new',
      'POST /7 as sk_old',
      'POST /8 as sk_new',
      'closed sk_new',
      'closed sk_old',
    ]);
  });

  test('has nothing to do where nothing was resolved', async () => {
    registerTyping(container, { imessage: () => pager('sk_1', wire) });
    await container.dispose();
    expect(wire).toEqual([]);
  });
});
