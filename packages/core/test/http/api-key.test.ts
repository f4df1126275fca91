import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { TypingError } from '../../src/contract/typing-error.ts';
import type { ApiKey } from '../../src/http/api-key.ts';
import { ask, failure, origin } from './vendor.ts';
import { guardWire } from './wire.ts';

guardWire();

function nockKey(key: string): void {
  nock(origin, { reqheaders: { authorization: `Bearer ${key}` } })
    .post('/typing')
    .reply(200, {});
}

describe('a key function', () => {
  test.for<[name: string, apiKey: ApiKey]>([
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

  const failing: readonly (readonly [name: string, apiKey: () => unknown])[] = [
    ['rejects', () => Promise.reject(new Error('vault says sk_live_4f9a/+=secret'))],
    [
      'throws',
      () => {
        throw new Error('vault says sk_live_4f9a/+=secret');
      },
    ],
    ['returns nothing', () => undefined],
    ['returns an empty key', () => ''],
    ['returns a key with a line break', () => 'sk_live_4f9a/+=secret\r\nx-evil: 1'],
    ['returns a key with a blank', () => ' sk_live_4f9a/+=secret'],
    ['returns a key of other letters', () => 'ключ'],
    ['returns an object', () => ({ key: 'sk_live_4f9a/+=secret' })],
  ];
  test.for(failing)('that %s is unauthenticated, and nothing is sent', async ([, apiKey]) => {
    // The point is what JavaScript may do against the type.
    const error = await failure(ask({ apiKey: apiKey as () => string }));
    expect(error).toMatchObject({
      code: 'unauthenticated',
      provider: 'vendor',
      operation: 'start',
    });
    expect(error.message).toBe(
      '[vendor] the apiKey function failed, or returned no usable key. ' +
        'It must return visible ASCII characters without blanks.',
    );
  });

  test('says in our words that the key could only not be fetched', async () => {
    const outage = new TypingError({ code: 'unavailable', reason: 'the vault is down' });
    const error = await failure(ask({ apiKey: () => Promise.reject(outage) }));
    expect(error).toBe(outage);
  });
});
