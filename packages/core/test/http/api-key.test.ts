import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { TypingError } from '../../src/contract/typing-error.ts';
import type { CredentialSource } from '../../src/http/credential-source.ts';
import { ask, failure, origin } from './vendor.ts';
import { guardWire } from './wire.ts';

guardWire();

function nockKey(key: string): void {
  nock(origin, { reqheaders: { authorization: `Bearer ${key}` } })
    .post('/typing')
    .reply(200, {});
}

describe('a key function', () => {
  test.for<[name: string, apiKey: CredentialSource]>([
    ['a key', () => 'sk_1'],
    ['a promise of one', async () => 'sk_1'],
  ])('may return %s', async ([, apiKey]) => {
    nockKey('sk_1');
    await expect(ask({ apiKey })).resolves.toMatchObject({ status: 200 });
  });

  test('is asked before every request, so that keys can rotate', async () => {
    let asked = 0;
    const apiKey = (): string => `sk_${(asked += 1)}`;
    nockKey('sk_1');
    nockKey('sk_2');
    await ask({ apiKey });
    await ask({ apiKey });
    expect(nock.isDone()).toBe(true);
  });

  test('keeps the key that it returned out of the error of that request', async () => {
    nock(origin).post('/typing').reply(400, { message: 'bad key sk_2', code: 'sk_2' });
    const error = await failure(ask({ apiKey: () => 'sk_2' }));
    expect(error.message).toBe('[vendor] 400 bad key …');
    expect(error).not.toHaveProperty('vendorCode');
  });

  const failing: readonly (readonly [name: string, apiKey: () => string | Promise<string>])[] = [
    ['rejects', () => Promise.reject(new Error('vault says sk_live_4f9a/+=secret'))],
    [
      'throws',
      () => {
        throw new Error('vault says sk_live_4f9a/+=secret');
      },
    ],
  ];
  test.for(failing)(
    'that %s is said to have failed, suspends no credential, and nothing is sent',
    async ([, apiKey]) => {
      const error = await failure(ask({ apiKey }));
      expect(error).toMatchObject({ code: 'unavailable', provider: 'vendor', operation: 'start' });
      expect(error.message).toBe(
        '[vendor] the apiKey function failed. Find out why it throws. The vendor was not asked.',
      );
    },
  );

  const unusable: readonly (readonly [name: string, apiKey: () => unknown])[] = [
    ['nothing', () => undefined],
    ['an empty key', () => ''],
    ['a key with a line break', () => 'sk_live_4f9a/+=secret\r\nx-evil: 1'],
    ['a key with a blank', () => ' sk_live_4f9a/+=secret'],
    ['a key of other letters', () => 'ключ'],
    ['a key of 4,097 characters', () => 'k'.repeat(4_097)],
    ['an object', () => ({ key: 'sk_live_4f9a/+=secret' })],
  ];
  test.for(unusable)(
    'that returns %s is unauthenticated, and nothing is sent',
    async ([, apiKey]) => {
      // The point is what JavaScript may do against the type.
      const error = await failure(ask({ apiKey: apiKey as () => string }));
      expect(error).toMatchObject({
        code: 'unauthenticated',
        provider: 'vendor',
        operation: 'start',
      });
      expect(error.message).toBe(
        '[vendor] the apiKey function returned something that cannot be a credential. ' +
          'It must return what the option itself takes.',
      );
    },
  );

  test('says in our words that the key could only not be fetched', async () => {
    const outage = new TypingError({ code: 'unavailable', reason: 'the vault is down' });
    const error = await failure(ask({ apiKey: () => Promise.reject(outage) }));
    expect(error).toBe(outage);
  });
});
