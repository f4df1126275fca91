import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import {
  hmacSignature,
  isSameSecret,
  sharedSecret,
  type SignatureScheme,
  standardWebhookSignature,
  type WebhookSecret,
} from '../../src/webhook/index.ts';
import { nowMs, signedReceiver } from './signed-receiver.ts';

const body = JSON.stringify([{ id: 'ping-1', text: 'schön 🫧' }]);
const secret = 'a secret of this vendor';
const oldSecret = 'the one that it takes the place of';
const seconds = String(nowMs / 1_000);
const standard = (text: string): string => `whsec_${Buffer.from(text).toString('base64')}`;
const hmac = (key: string, text: string): ReturnType<typeof createHmac> =>
  createHmac('sha256', key).update(text);

interface Vendor {
  readonly name: string;
  readonly scheme: (secret: WebhookSecret) => SignatureScheme;
  /** What the vendor sends, written from its own page. */
  readonly headers: (key: string, text: string) => Readonly<Record<string, string>>;
  readonly query?: (key: string) => string;
}

const vendors: readonly Vendor[] = [
  {
    name: 'Sendblue',
    scheme: (key) => sharedSecret({ secret: key, header: 'sb-signing-secret' }),
    headers: (key) => ({ 'sb-signing-secret': key }),
  },
  {
    name: 'Telegram',
    scheme: (key) => sharedSecret({ secret: key, header: 'X-Telegram-Bot-Api-Secret-Token' }),
    headers: (key) => ({ 'X-Telegram-Bot-Api-Secret-Token': key }),
  },
  {
    name: 'a server whose webhooks have nothing but an address',
    scheme: (key) => sharedSecret({ secret: key, query: 'token' }),
    headers: () => ({}),
    query: (key) => `?token=${encodeURIComponent(key)}`,
  },
  {
    name: 'Meta',
    scheme: (key) =>
      hmacSignature({
        secret: key,
        header: 'X-Hub-Signature-256',
        prefix: 'sha256=',
        encoding: 'hex',
      }),
    headers: (key, text) => ({ 'X-Hub-Signature-256': `sha256=${hmac(key, text).digest('hex')}` }),
  },
  {
    name: 'LINE',
    scheme: (key) => hmacSignature({ secret: key, header: 'x-line-signature', encoding: 'base64' }),
    headers: (key, text) => ({ 'x-line-signature': hmac(key, text).digest('base64') }),
  },
  {
    name: 'X',
    scheme: (key) =>
      hmacSignature({
        secret: key,
        header: 'x-twitter-webhooks-signature',
        prefix: 'sha256=',
        encoding: 'base64',
      }),
    headers: (key, text) => ({
      'x-twitter-webhooks-signature': `sha256=${hmac(key, text).digest('base64')}`,
    }),
  },
  {
    name: 'Slack',
    scheme: (key) =>
      hmacSignature({
        secret: key,
        header: 'x-slack-signature',
        prefix: 'v0=',
        encoding: 'hex',
        timestampHeader: 'x-slack-request-timestamp',
        signed: 'v0:{timestamp}:{body}',
      }),
    headers: (key, text) => ({
      'X-Slack-Request-Timestamp': seconds,
      'X-Slack-Signature': `v0=${hmac(key, `v0:${seconds}:${text}`).digest('hex')}`,
    }),
  },
  {
    name: 'Standard Webhooks',
    scheme: (key) =>
      standardWebhookSignature({ secret: [key].flat().map((one) => standard(one ?? '')) }),
    headers: (key, text) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': seconds,
      'webhook-signature': new Webhook(standard(key)).sign('msg_1', new Date(nowMs), text),
    }),
  },
];

async function statusOf(
  signature: SignatureScheme | readonly SignatureScheme[],
  headers: Record<string, string>,
  { text = body, query = '' }: { text?: string | Uint8Array<ArrayBuffer>; query?: string } = {},
): Promise<number> {
  const { receive, seen } = signedReceiver({ signature });
  const init = { method: 'POST', headers, body: text };
  const { status } = await receive(new Request(`https://bot.example/ping${query}`, init));
  expect(seen).toHaveLength(status === 200 ? 1 : 0);
  return status;
}

describe.for(vendors)('$name', ({ scheme, headers, query }) => {
  const sent = (key: string) => ({ query: query?.(key) ?? '' });

  test('is verified', async () => {
    expect(await statusOf(scheme(secret), headers(secret, body), sent(secret))).toBe(200);
  });

  test('is verified with either secret while one takes the place of the other', async () => {
    for (const key of [secret, oldSecret])
      expect(await statusOf(scheme([oldSecret, secret]), headers(key, body), sent(key))).toBe(200);
  });

  test.for([
    ['with another secret', oldSecret],
    ['with the beginning of the secret', secret.slice(0, -1)],
    ['with the secret and more', `${secret}x`],
    ['with the secret in capitals', secret.toUpperCase()],
  ] as const)('is refused %s', async ([, key]) => {
    expect(await statusOf(scheme(secret), headers(key, body), sent(key))).toBe(401);
  });

  test('is refused without its header, with an empty one and with none of them', async () => {
    const good = headers(secret, body);
    for (const name of Object.keys(good)) {
      const rest = Object.entries(good).filter(([each]) => each !== name);
      expect(await statusOf(scheme(secret), Object.fromEntries(rest))).toBe(401);
      expect(await statusOf(scheme(secret), { ...good, [name]: '' })).toBe(401);
    }
    expect(await statusOf(scheme(secret), {})).toBe(401);
  });

  test('is refused where its header came twice', async () => {
    const doubled = Object.entries(headers(secret, body)).map(([name, value]) => [
      name,
      `${value}, ${value}`,
    ]);
    expect(await statusOf(scheme(secret), Object.fromEntries(doubled))).toBe(401);
  });
});

describe.for(vendors.filter(({ name }) => !/Sendblue|Telegram|address/.test(name)))(
  '$name, which signs the body,',
  ({ scheme, headers }) => {
    test('is refused with any bit of the body turned over', async () => {
      expect.hasAssertions();
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: 8 * body.length - 1 }), async (bit) => {
          const text = new TextEncoder().encode(body);
          const at = Math.floor(bit / 8);
          text[at] = (text[at] ?? 0) ^ (1 << (bit % 8));
          expect(await statusOf(scheme(secret), headers(secret, body), { text })).toBe(401);
        }),
        { numRuns: 100 },
      );
    });
  },
);

test('signed bytes that are no text are no event', async () => {
  const text = Uint8Array.from([0x5b, 0xff, 0x5d]);
  const signed = { 'x-signature': createHmac('sha256', secret).update(text).digest('hex') };
  const scheme = hmacSignature({ secret, header: 'x-signature', encoding: 'hex' });
  expect(await statusOf(scheme, signed, { text })).toBe(400);
});

describe('a scheme with a time', () => {
  const slack = vendors.find(({ name }) => name === 'Slack');
  const at = (time: string): Record<string, string> => ({
    'X-Slack-Request-Timestamp': time,
    'X-Slack-Signature': `v0=${hmac(secret, `v0:${time}:${body}`).digest('hex')}`,
  });

  test.for([
    ['5 minutes ago', nowMs / 1_000 - 300, 200],
    ['5 minutes ahead', nowMs / 1_000 + 300, 200],
    ['more than 5 minutes ago', nowMs / 1_000 - 301, 401],
    ['more than 5 minutes ahead', nowMs / 1_000 + 301, 401],
    ['in milliseconds', nowMs, 401],
  ] as const)('signed %s is answered with %i', async ([, time, status]) => {
    expect(slack && (await statusOf(slack.scheme(secret), at(String(time))))).toBe(status);
  });

  test.for(['', 'now', 'NaN', 'Infinity', '-1', '1e9', `0${seconds}`, `${seconds}.0`])(
    '%j is no time',
    async (time) => {
      expect(slack && (await statusOf(slack.scheme(secret), at(time)))).toBe(401);
    },
  );
});

describe('several schemes', () => {
  const good = sharedSecret({ secret, header: 'x-better' });
  const old = sharedSecret({ secret: oldSecret, header: 'x-older' });

  test('are judged by the first that applies', async () => {
    expect(await statusOf([good, old], { 'x-better': secret })).toBe(200);
    expect(await statusOf([good, old], { 'x-older': oldSecret })).toBe(200);
    expect(await statusOf([good, old], { 'x-better': 'wrong', 'x-older': oldSecret })).toBe(401);
    expect(await statusOf([good, old], {})).toBe(401);
  });
});

describe('a secret that is not there', () => {
  test.for<[string, WebhookSecret]>([
    ['an empty one', ''],
    ['blanks', ' '],
    ['no list', []],
    ['a list with none that is set', [undefined, '']],
    ['a number', 5 as never],
    ['nothing', undefined as never],
    ['blanks beside a good one', [secret, ' ']],
  ])('%s is refused by every scheme, and never quoted', ([, none]) => {
    for (const make of [
      () => sharedSecret({ secret: none, header: 'x' } as const),
      () => hmacSignature({ secret: none, header: 'x', encoding: 'hex' } as const),
      () => standardWebhookSignature({ secret: none }),
    ])
      expect(make).toThrow(/^secret must be /);
  });

  test('is left out where another one is set', async () => {
    const scheme = sharedSecret({ secret: [secret, undefined, ''], header: 'x-secret' });
    expect(await statusOf(scheme, { 'x-secret': secret })).toBe(200);
    expect(await statusOf(scheme, { 'x-secret': '' })).toBe(401);
    expect(await statusOf(scheme, { 'x-secret': 'undefined' })).toBe(401);
  });

  test('of Standard Webhooks is base64', () => {
    for (const wrong of ['not base64', 'whsec_', 'abc', `${standard(secret)}\n`])
      expect(() => standardWebhookSignature({ secret: wrong })).toThrow(/base64/);
  });
});

test('what is signed has to end with the body', () => {
  expect(() =>
    hmacSignature({ secret, header: 'x', encoding: 'hex', signed: '{body}.{timestamp}' }),
  ).toThrow('signed must end with {body}');
});

test.for([
  ['', '', true],
  ['a', 'a', true],
  ['a', 'b', false],
  ['a', 'aa', false],
  ['schön', 'schön', true],
] as const)('isSameSecret(%j, %j) is %s', ([one, other, isSame]) => {
  expect(isSameSecret(one, other)).toBe(isSame);
});
