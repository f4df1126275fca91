import { describe, expect, test } from 'vitest';
import { TypingError } from '../../src/contract/typing-error.ts';
import { vendorFields } from '../../src/http/vendor-options.ts';
import { parseOptions } from '../../src/input/parse-input.ts';
import { strictObject } from '../../src/schema/schema.ts';
import { expectNoSecret } from './vendor.ts';

const schema = strictObject(
  vendorFields('https://vendor.example/api', (url) =>
    url.endsWith('/v3') ? 'must end before /v3' : undefined,
  ),
);
const keyFromVault = (): string => 'sk_1';
const parse = (input: unknown) => parseOptions('vendor', schema, input);

describe('the options of a vendor', () => {
  test('have defaults for all but the key', () => {
    expect(parse({ apiKey: 'sk_1' })).toEqual({
      apiKey: 'sk_1',
      baseUrl: 'https://vendor.example/api',
      timeoutMs: 5_000,
    });
  });

  test('may be given as undefined', () => {
    const input = { apiKey: 'sk_1', baseUrl: undefined, fetch: undefined, timeoutMs: undefined };
    expect(parse(input)).toMatchObject({ baseUrl: 'https://vendor.example/api', timeoutMs: 5_000 });
  });

  test('keep functions as they are', () => {
    expect(parse({ apiKey: keyFromVault, fetch })).toMatchObject({ apiKey: keyFromVault, fetch });
  });

  test.for<[given: string, used: string]>([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['https://vendor.example/', 'https://vendor.example'],
    ['https://vendor.example/a/b//', 'https://vendor.example/a/b'],
    ['https://[::1]:8080/a', 'https://[::1]:8080/a'],
  ])('take the base URL %s as %s', ([baseUrl, used]) => {
    expect(parse({ apiKey: 'sk_1', baseUrl }).baseUrl).toBe(used);
  });

  const notPlain = 'baseUrl must be an http(s) URL without user, query or hash';
  const noKey =
    "apiKey must be the vendor's key (visible ASCII characters, no spaces) or a function that returns it";
  const noTime = 'timeoutMs must be more than 0 and less than 2^31';

  test.for<[message: string, options: unknown]>([
    [noKey.replace('apiKey', 'apiKey is required and'), {}],
    [noKey.replace('apiKey', 'apiKey is required and'), { apiKey: undefined }],
    [noKey, { apiKey: '' }],
    [noKey, { apiKey: ' ' }],
    [noKey, { apiKey: 'sk\n1' }],
    [noKey, { apiKey: 'ключ' }],
    [noKey, { apiKey: 7 }],
    [noKey, { apiKey: null }],
    [notPlain, { apiKey: 'k', baseUrl: '' }],
    [notPlain, { apiKey: 'k', baseUrl: 'vendor.example' }],
    [notPlain, { apiKey: 'k', baseUrl: 'ftp://vendor.example' }],
    [notPlain, { apiKey: 'k', baseUrl: 'file:///etc' }],
    [notPlain, { apiKey: 'k', baseUrl: 'https://user@vendor.example' }],
    [notPlain, { apiKey: 'k', baseUrl: 'https://:pass@vendor.example' }],
    [notPlain, { apiKey: 'k', baseUrl: 'https://vendor.example?a=1' }],
    [notPlain, { apiKey: 'k', baseUrl: 'https://vendor.example#a' }],
    // Nothing behind the mark, and yet all that is appended would be a query.
    [notPlain, { apiKey: 'k', baseUrl: 'https://vendor.example/?' }],
    [notPlain, { apiKey: 'k', baseUrl: 'https://vendor.example/#' }],
    // The URL parser trims, but what is appended would stand behind the blank.
    [notPlain, { apiKey: 'k', baseUrl: ' https://vendor.example ' }],
    [notPlain, { apiKey: 'k', baseUrl: 'https://vendor.example/a b' }],
    ['baseUrl must be a string', { apiKey: 'k', baseUrl: 7 }],
    ['baseUrl must end before /v3', { apiKey: 'k', baseUrl: 'https://vendor.example/v3/' }],
    ['fetch must be a function', { apiKey: 'k', fetch: {} }],
    [noTime, { apiKey: 'k', timeoutMs: 0 }],
    [noTime, { apiKey: 'k', timeoutMs: -1 }],
    [noTime, { apiKey: 'k', timeoutMs: 2 ** 31 }],
    ['timeoutMs must be a number', { apiKey: 'k', timeoutMs: Number.NaN }],
    ['timeoutMs must be a number', { apiKey: 'k', timeoutMs: Infinity }],
    ['timeoutMs must be a number', { apiKey: 'k', timeoutMs: '5000' }],
    ['options has no field called apikey', { apiKey: 'k', apikey: 'k' }],
    ['options is required and must be an object', undefined],
    ['options must be an object', 'sk_1'],
    ['options must be an object', null],
  ])('are refused with %j', ([message, options]) => {
    expect(() => parse(options)).toThrow(
      expect.objectContaining({
        code: 'misconfigured',
        provider: 'vendor',
        operation: 'configure',
        message: `[vendor] ${message}`,
      }),
    );
  });

  test('are refused all at once, and quote no value', () => {
    const secrets = ['sk secret', 'https://sk_secret@vendor.example', 'sk_fetch'] as const;
    const [apiKey, baseUrl, fetch] = secrets;
    const error = thrownBy(() => parse({ apiKey, baseUrl, fetch }));
    expect(error).toBeInstanceOf(TypingError);
    expect(String(error)).toContain(`${noKey}; ${notPlain}; fetch must be a function`);
    expectNoSecret(error, secrets);
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
