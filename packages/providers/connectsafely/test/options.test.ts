import { describe, expect, test } from 'vitest';
import { connectSafely, connectSafelyAddress } from '../src/index.ts';
import { accountId, apiKey } from './support/connectsafely-vendor.ts';
import { everyPrintOf, thrownBy } from './support/failure.ts';

const secret = 'never-quote-me';

describe('options that are refused', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['an empty accountId', { accountId: '' }, 'accountId must be a ConnectSafely account id'],
    [
      'an accountId with a blank',
      { accountId: `${secret} x` },
      'accountId must be a ConnectSafely account id',
    ],
    ['a path without its slash', { path: secret }, 'path must start with a slash'],
    ['a path with a query', { path: `/typing?key=${secret}` }, 'path must start with a slash'],
    ['a path with a hash', { path: `/typing#${secret}` }, 'path must start with a slash'],
    ['a path with a blank', { path: `/typing ${secret}` }, 'path must start with a slash'],
    ['an empty path', { path: '' }, 'path must start with a slash'],
    ['a path that is a number', { path: 7 }, 'path must start with a slash'],
    [
      'a conversationUrnOf that is not a function',
      { conversationUrnOf: secret },
      'conversationUrnOf must be a function',
    ],
    ['a field that does not exist', { groups: secret }, 'options has no field called groups'],
  ])('%s', (_, options, reason) => {
    const error = thrownBy(() => connectSafely({ apiKey, ...options }));
    expect(error).toMatchObject({ code: 'misconfigured', provider: 'connectsafely', reason });
    for (const print of everyPrintOf(error)) expect(print).not.toContain(secret);
  });

  test('undefined is as good as left out', () => {
    const options = { apiKey, baseUrl: undefined, accountId: undefined, path: undefined };
    expect(connectSafely(options).capabilities).toEqual(connectSafely({ apiKey }).capabilities);
    expect(connectSafelyAddress({ accountId }).capabilities.budget).toBeDefined();
  });
});

test('the budget leaves room for messages: half of the 60 requests that a key has in a minute', () => {
  const { budget } = connectSafely({ apiKey }).capabilities;
  expect(budget).toEqual({ requests: 30, perMs: 60_000 });
});
