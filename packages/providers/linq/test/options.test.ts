import { describe, expect, test } from 'vitest';
import { linq, linqAddress } from '../src/index.ts';
import { everyPrintOf, thrownBy } from './support/failure.ts';
import { apiKey } from './support/linq-vendor.ts';

const secret = 'never-quote-me';
const lifetime = 'ttlMs must be a number, at least 5000';

describe('options that are refused', () => {
  test.each<[string, Record<string, unknown>, string]>([
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
    ['a lifetime as text', { ttlMs: secret }, lifetime],
    ['a lifetime that is not a number', { ttlMs: Number.NaN }, lifetime],
    ['a lifetime in seconds', { ttlMs: 60 }, lifetime],
    ['groups as text', { groups: secret }, 'groups must be a boolean or "unknown"'],
    ['a field that does not exist', { apikey: secret }, 'options has no field called apikey'],
  ])('%s', (_, options, reason) => {
    const error = thrownBy(() => linq({ apiKey, ...options }));
    expect(error).toMatchObject({ code: 'misconfigured', provider: 'linq', reason });
    for (const print of everyPrintOf(error)) expect(print).not.toContain(secret);
  });
});

describe('capabilities', () => {
  test.each([
    ['of the guide by default', {}, 60_000, 'unknown' as const],
    ['until July 2026', { ttlMs: 60_000, groups: false }, 60_000, false],
    ['from August 2026 on', { ttlMs: 85_000, groups: true }, 85_000, true],
    [
      'where undefined is given',
      { ttlMs: undefined, groups: undefined },
      60_000,
      'unknown' as const,
    ],
  ])('follow the options: those %s', (_, options, ttlMs, groups) => {
    for (const { capabilities } of [linq({ apiKey, ...options }), linqAddress(options)]) {
      expect(capabilities.ttl).toEqual({ kind: 'fixed', ms: ttlMs, source: 'documented' });
      expect(capabilities.groups).toBe(groups);
    }
  });
});
