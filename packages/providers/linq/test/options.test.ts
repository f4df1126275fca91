import { describe, expect, test } from 'vitest';
import { linq } from '../src/index.ts';
import { everyPrintOf, thrownBy } from './support/failure.ts';
import { apiKey } from './support/linq-vendor.ts';

const secret = 'never-quote-me';
const key =
  "apiKey must be the vendor's key (visible ASCII characters, no blanks) or a function that returns it";
const url = 'baseUrl must be an http(s) URL without user, query and hash';
const timeout = 'timeoutMs must be more than 0 and less than 2^31';

function refusal(options: unknown): ReturnType<typeof thrownBy> {
  // What JavaScript callers pass, the types do not see.
  return thrownBy(() => linq(options as Parameters<typeof linq>[0]));
}

describe('options that are refused', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['a key with a blank', { apiKey: `${secret} x` }, key],
    ['a key with a line break', { apiKey: `${secret}\n` }, key],
    ['a key that no header can carry', { apiKey: `${secret}🔑` }, key],
    ['an empty key', { apiKey: '' }, key],
    ['a key that is an object', { apiKey: { secret } }, key],
    ['no key', { apiKey: undefined }, key.replace('must', 'is required and must')],
    ['a base URL that is none', { baseUrl: secret }, url],
    ['a base URL of another protocol', { baseUrl: `ftp://${secret}.example` }, url],
    ['a base URL with a user', { baseUrl: `https://u:${secret}@linq.example` }, url],
    ['a base URL with a query', { baseUrl: `https://linq.example?key=${secret}` }, url],
    ['a base URL with a hash', { baseUrl: `https://linq.example#${secret}` }, url],
    ['an empty base URL', { baseUrl: '' }, url],
    ['a base URL that is a number', { baseUrl: 7 }, 'baseUrl must be a string'],
    [
      'a base URL that ends in /v3',
      { baseUrl: `https://${secret}.example/v3` },
      'baseUrl must end before /v3',
    ],
    [
      'a base URL that ends in /v3/',
      { baseUrl: `https://${secret}.example/v3/` },
      'baseUrl must end before /v3',
    ],
    ['a fetch that is none', { fetch: secret }, 'fetch must be a function'],
    ['a timeout of 0', { timeoutMs: 0 }, timeout],
    ['a negative timeout', { timeoutMs: -1 }, timeout],
    ['a timeout that no timer can wait', { timeoutMs: 2 ** 31 }, timeout],
    ['a timeout as text', { timeoutMs: secret }, 'timeoutMs must be a number'],
    ['a lifetime as text', { ttlMs: secret }, 'ttlMs must be a number, at least 5000'],
    [
      'a lifetime that is no number',
      { ttlMs: Number.NaN },
      'ttlMs must be a number, at least 5000',
    ],
    ['a lifetime in seconds', { ttlMs: 60 }, 'ttlMs must be a number, at least 5000'],
    ['groups as text', { groups: secret }, 'groups must be a boolean or "unknown"'],
    ['a field that does not exist', { apikey: secret }, 'options has no field called apikey'],
  ])('%s', (_, options, reason) => {
    const error = refusal({ apiKey, ...options });
    expect(error).toMatchObject({
      code: 'misconfigured',
      provider: 'linq',
      operation: 'configure',
      retryable: false,
      reason,
    });
    for (const print of everyPrintOf(error)) {
      expect(print).not.toContain(secret);
      expect(print).not.toContain(apiKey);
    }
  });

  test('are all named at once', () => {
    const error = refusal({ apiKey: '', baseUrl: 'x', ttlMs: 1 });
    expect(error.reason).toBe([key, url, 'ttlMs must be a number, at least 5000'].join('; '));
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['the key alone', secret],
  ])('%s in place of the options', (_, options) => {
    const error = refusal(options);
    expect(error.code).toBe('misconfigured');
    expect(error.message).toMatch(/^\[linq\] options (?:is required and )?must be an object$/);
  });
});

describe('capabilities', () => {
  test('are plain JSON data, and those of the guide by default', () => {
    const { capabilities } = linq({ apiKey });
    expect(structuredClone(capabilities)).toStrictEqual(capabilities);
    expect(JSON.parse(JSON.stringify(capabilities))).toStrictEqual(capabilities);
    expect(capabilities).toStrictEqual({
      ttl: { kind: 'fixed', ms: 60_000, source: 'documented' },
      repeat: 'extends',
      stop: 'explicit',
      clearsOnMessage: true,
      groups: 'unknown',
      minIntervalMs: 3_000,
      sideEffects: [],
      inbound: true,
      requires: [
        'an iMessage chat, not SMS or RCS',
        'a message in the chat within the last 5 minutes',
      ],
    });
  });

  test.each([
    ['until July 2026', { ttlMs: 60_000, groups: false }],
    ['from August 2026 on', { ttlMs: 85_000, groups: true }],
    ['where nobody knows about groups', { ttlMs: 90_000, groups: 'unknown' as const }],
  ])('follow the options: Linq %s', (_, { ttlMs, groups }) => {
    const { capabilities } = linq({ apiKey, ttlMs, groups });
    expect(capabilities.ttl).toEqual({ kind: 'fixed', ms: ttlMs, source: 'documented' });
    expect(capabilities.groups).toBe(groups);
  });

  test('tell the truth about the methods there are', () => {
    const provider = linq({ apiKey });
    expect(provider).toMatchObject({ specification: 1, name: 'linq' });
    expect(provider.capabilities.stop).toBe('explicit');
    expect(provider).toHaveProperty('stop');
    expect(provider).not.toHaveProperty('close');
  });

  test('undefined is as good as left out', () => {
    const given = linq({
      apiKey,
      baseUrl: undefined,
      fetch: undefined,
      timeoutMs: undefined,
      ttlMs: undefined,
      groups: undefined,
    });
    expect(given.capabilities).toEqual(linq({ apiKey }).capabilities);
  });
});
