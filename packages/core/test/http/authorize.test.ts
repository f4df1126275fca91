import { describe, expect, test } from 'vitest';
import { basic } from '../../src/http/authorization.ts';
import { allowedHosts } from '../../src/http/allowed-hosts.ts';
import { vendorClient, type VendorSettings } from '../../src/http/vendor-client.ts';
import { object, string } from '../../src/schema/schema.ts';
import { ask, failure, origin } from './vendor.ts';

/** A transport that answers every request with 200, and what it was asked. */
function recorder(): { readonly sent: Request[]; readonly fetch: typeof fetch } {
  const sent: Request[] = [];
  // The type has an overload that nobody here uses.
  const record = (async (request: Request) => {
    sent.push(request);
    return new Response('{}');
  }) as typeof fetch;
  return { sent, fetch: record };
}

describe('a credential', () => {
  test('goes into the headers that the vendor wants, beside those that never change', async () => {
    const { sent, fetch } = recorder();
    const client = vendorClient(
      'vendor',
      { apiKey: { id: 'i-1', secret: 's-2' }, baseUrl: origin, timeoutMs: 1_000, fetch },
      {
        authorize: ({ id, secret }) => ({ headers: { 'x-id': id, 'x-secret': secret } }),
        headers: { 'user-agent': 'bot' },
      },
    );
    await client(
      {
        operation: 'start',
        method: 'post',
        path: '/x',
        expects: 200,
        target: undefined,
        headers: { 'x-one': '1' },
      },
      {},
    );
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toMatchObject({
      'user-agent': 'bot',
      'x-id': 'i-1',
      'x-one': '1',
      'x-secret': 's-2',
    });
  });

  test('goes into Basic as UTF-8', () => {
    const value = basic('jürgen', 'pässword').headers?.['authorization'] ?? '';
    expect(Buffer.from(value.replace('Basic ', ''), 'base64').toString()).toBe('jürgen:pässword');
  });

  test('goes into the query encoded, behind what is there', async () => {
    const { sent, fetch } = recorder();
    const settings: VendorSettings = { authorize: (password) => ({ query: { password } }) };
    await ask(
      { fetch, apiKey: 'a&b=c#d' },
      { path: '/x?y=1', query: { z: 2, no: undefined } },
      {},
      settings,
    );
    expect(sent[0]?.url).toBe(`${origin}/x?y=1&z=2&password=a%26b%3Dc%23d`);
  });

  test('goes into the path', async () => {
    const { sent, fetch } = recorder();
    const settings: VendorSettings = { authorize: (token) => ({ pathPrefix: `/bot${token}` }) };
    await ask({ fetch, apiKey: '123:AA-b_c' }, {}, {}, settings);
    expect(sent[0]?.url).toBe(`${origin}/bot123:AA-b_c/typing`);
  });

  test('is none where the vendor wants none', async () => {
    const { sent, fetch } = recorder();
    const client = vendorClient('vendor', { baseUrl: origin, timeoutMs: 1_000, fetch });
    await client(
      { operation: 'start', method: 'post', path: '/x', expects: 200, target: undefined },
      {},
    );
    expect(sent).toHaveLength(1);
    expect(sent[0]?.headers.has('authorization')).toBe(false);
  });
});

const hostile = ['../../x?y#', 'a/b', 'a?b', 'a#b', 'a%2fb', 'a\\b'] as const;

describe('a key that would choose the path', () => {
  const settings: VendorSettings = { authorize: (token) => ({ pathPrefix: `/bot${token}` }) };

  test.for(hostile)('%j is misconfigured as a constant', (apiKey) => {
    const options = { apiKey, baseUrl: origin, timeoutMs: 1_000 };
    expect(() => vendorClient('vendor', options, settings)).toThrow(
      expect.objectContaining({
        code: 'misconfigured',
        message: '[vendor] apiKey contains characters that are not allowed in a request',
      }),
    );
  });

  test.for(hostile)('%j is unauthenticated from a function, and nothing is sent', async (key) => {
    const { sent, fetch } = recorder();
    const error = await failure(ask({ fetch, apiKey: () => key }, {}, {}, settings));
    expect(error.code).toBe('unauthenticated');
    expect(sent).toEqual([]);
  });

  test('may be encoded by the adapter', async () => {
    const { sent, fetch } = recorder();
    const authorize = (token: string) => ({ pathPrefix: `/bot${encodeURIComponent(token)}` });
    await ask({ fetch, apiKey: 'a/b?c' }, {}, {}, { authorize });
    expect(sent[0]?.url).toBe(`${origin}/bota%2Fb%3Fc/typing`);
  });

  test('is refused, too, where it is a whole step of the path', () => {
    const authorize = (token: string) => ({ pathPrefix: `/${token}` });
    for (const apiKey of ['.', '..', '%2e%2E']) {
      const options = { apiKey, baseUrl: origin, timeoutMs: 1_000 };
      expect(() => vendorClient('vendor', options, { authorize })).toThrow(
        'characters that are not allowed',
      );
    }
  });

  test('adds no header either', () => {
    const options = { apiKey: { a: 'x\r\ny: z' }, baseUrl: origin, timeoutMs: 1_000 };
    const authorize = ({ a }: { a: string }) => ({ headers: { a } });
    expect(() => vendorClient('vendor', options, { authorize })).toThrow(
      'characters that are not allowed',
    );
  });
});

describe('a function for a credential of several parts', () => {
  const credential = object({ id: string(), secret: string(/^s-/) });
  const askFor = (key: unknown) => {
    const { sent, fetch } = recorder();
    const client = vendorClient<{ id: string; secret: string }>(
      'vendor',
      // The point is what JavaScript may return.
      {
        apiKey: () => key as { id: string; secret: string },
        baseUrl: origin,
        timeoutMs: 1_000,
        fetch,
      },
      { credential, credentialOption: 'keys', authorize: ({ id }) => ({ headers: { id } }) },
    );
    const request = { operation: 'start', method: 'post', path: '/x', expects: 200 } as const;
    return { sent, asked: client({ ...request, target: undefined }, {}) };
  };

  test('is checked by the schema', async () => {
    await expect(askFor({ id: 'i', secret: 's-1' }).asked).resolves.toMatchObject({ status: 200 });
    const { asked, sent } = askFor({ id: 'i', secret: 'other' });
    expect((await failure(asked)).message).toContain('the keys function returned something');
    expect(sent).toEqual([]);
  });
});

describe('an address in the target', () => {
  const mayReceiveKey = allowedHosts(
    'api.vendor.test',
    '*.vendor.example',
    'own.test:8443',
    '127.0.0.1:3978',
    'plain.test:80',
  );

  const askAt = (fetch: typeof globalThis.fetch, baseUrl: string): Promise<unknown> =>
    ask(
      { fetch, baseUrl: 'https://login.test/x' },
      { baseUrl, target: { baseUrl } },
      {},
      { mayReceiveKey },
    );

  test.for([
    'https://api.vendor.test/emea/',
    'https://eu.vendor.example',
    'https://own.test:8443',
    'http://127.0.0.1:3978/teams',
  ])('may be %s', async (baseUrl) => {
    const { sent, fetch } = recorder();
    await askAt(fetch, baseUrl);
    expect(sent[0]?.url).toBe(`${baseUrl.replace(/\/$/, '')}/typing`);
  });

  test.for([
    'https://vendor.example',
    'https://evilvendor.example',
    'https://api.vendor.test.evil.example',
    'http://api.vendor.test',
    'https://api.vendor.test:8443',
    'https://eu.vendor.example:8443',
    'https://own.test',
    'http://own.test:8443',
    'http://plain.test:80',
    'http://127.0.0.1:3979',
    'https://user@api.vendor.test',
    'https://evil.example#.vendor.example',
    'https://evil.example\\.vendor.example',
    'not a URL',
  ])('may not be %s, which gets no key', async (baseUrl) => {
    const { sent, fetch } = recorder();
    expect((await failure(askAt(fetch, baseUrl))).code).toBe('invalid-target');
    expect(sent).toEqual([]);
  });

  test('may always be below the origin of the option', async () => {
    const { sent, fetch } = recorder();
    await ask({ fetch }, { baseUrl: `${origin}/other` });
    expect(sent[0]?.url).toBe(`${origin}/other/typing`);
  });
});

test('a form is sent as one, without what is undefined', async () => {
  const { sent, fetch } = recorder();
  await ask({ fetch }, { form: { To: 'whatsapp:+1 555', n: 7, no: undefined } });
  expect(sent[0]?.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
  expect(await sent[0]?.text()).toBe('To=whatsapp%3A%2B1+555&n=7');
});
