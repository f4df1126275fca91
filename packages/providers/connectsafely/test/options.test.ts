import { describe, expect, test } from 'vitest';
import { connectSafely } from '../src/index.ts';
import { accountId, apiKey } from './support/connectsafely-vendor.ts';
import { everyPrintOf, thrownBy } from './support/failure.ts';

const secret = 'never-quote-me';
const key =
  "apiKey must be the vendor's key (visible ASCII characters, no blanks) or a function that returns it";
const url = 'baseUrl must be an http(s) URL without user, query and hash';

function refusal(options: unknown): ReturnType<typeof thrownBy> {
  // What JavaScript callers pass, the types do not see.
  return thrownBy(() => connectSafely(options as Parameters<typeof connectSafely>[0]));
}

describe('options that are refused', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['a key with a blank', { apiKey: `${secret} x` }, key],
    ['an empty key', { apiKey: '' }, key],
    ['no key', { apiKey: undefined }, key.replace('must', 'is required and must')],
    ['a base URL that is none', { baseUrl: secret }, url],
    ['a base URL with a query', { baseUrl: `https://cs.example?key=${secret}` }, url],
    ['a base URL with a user', { baseUrl: `https://u:${secret}@cs.example` }, url],
    ['a base URL of another protocol', { baseUrl: `file:///${secret}` }, url],
    ['an empty accountId', { accountId: '' }, 'accountId must be an account id of ConnectSafely'],
    [
      'an accountId with a blank',
      { accountId: `${secret} x` },
      'accountId must be an account id of ConnectSafely',
    ],
    ['a path without its slash', { path: secret }, 'path must begin with a slash'],
    ['a path with a query', { path: `/typing?key=${secret}` }, 'path must begin with a slash'],
    ['a path with a hash', { path: `/typing#${secret}` }, 'path must begin with a slash'],
    ['a path with a blank', { path: `/typing ${secret}` }, 'path must begin with a slash'],
    ['an empty path', { path: '' }, 'path must begin with a slash'],
    ['a path that is a number', { path: 7 }, 'path must begin with a slash'],
    ['a fetch that is none', { fetch: secret }, 'fetch must be a function'],
    ['a timeout of 0', { timeoutMs: 0 }, 'timeoutMs must be more than 0 and less than 2^31'],
    ['a timeout as text', { timeoutMs: secret }, 'timeoutMs must be a number'],
    ['a field that does not exist', { groups: secret }, 'options has no field called groups'],
  ])('%s', (_, options, reason) => {
    const error = refusal({ apiKey, ...options });
    expect(error).toMatchObject({
      code: 'misconfigured',
      provider: 'connectsafely',
      operation: 'configure',
      retryable: false,
    });
    expect(error.reason).toContain(reason);
    for (const print of everyPrintOf(error)) {
      expect(print).not.toContain(secret);
      expect(print).not.toContain(apiKey);
    }
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['the key alone', secret],
  ])('%s in place of the options', (_, options) => {
    const error = refusal(options);
    expect(error.code).toBe('misconfigured');
    expect(error.message).toMatch(
      /^\[connectsafely\] options (?:is required and )?must be an object$/,
    );
  });
});

describe('capabilities', () => {
  test('are plain JSON data', () => {
    const { capabilities } = connectSafely({ apiKey });
    expect(JSON.parse(JSON.stringify(capabilities))).toStrictEqual(capabilities);
    expect(capabilities).toStrictEqual({
      ttl: { kind: 'fixed', ms: 10_000, source: 'observed' },
      repeat: 'extends',
      stop: 'expires',
      clearsOnMessage: 'unknown',
      groups: 'unknown',
      refreshMs: 5_000,
      minIntervalMs: 3_000,
      budget: { requests: 30, perMs: 60_000 },
      sideEffects: [],
      inbound: false,
      requires: ['a conversation in the mailbox of the account that types'],
    });
  });

  test('leave room for messages: half of the 60 requests that a key has in a minute', () => {
    const { budget } = connectSafely({ apiKey }).capabilities;
    const perMinute = ((budget?.requests ?? Infinity) / (budget?.perMs ?? 1)) * 60_000;
    expect(perMinute).toBeLessThanOrEqual(30);
  });

  test('belong to a provider of this contract, under its name', () => {
    expect(connectSafely({ apiKey })).toMatchObject({ specification: 1, name: 'connectsafely' });
  });

  test('undefined is as good as left out', () => {
    const options = { apiKey, baseUrl: undefined, accountId: undefined, path: undefined };
    expect(connectSafely(options).capabilities).toEqual(connectSafely({ apiKey }).capabilities);
    expect(connectSafely({ apiKey, accountId }).capabilities.budget).toBeDefined();
  });
});
