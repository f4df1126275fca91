import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  chatId,
  eventId,
  nowMs,
  otherSecret,
  post,
  receiver,
  secret,
  signedByHand,
  signedByLibrary,
  signedTheOldWay,
  typingEvent,
} from '../support/webhook-events.ts';

const body = typingEvent();
const without = (headers: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));

describe('a signed event', () => {
  test.for([
    ['by the library', signedByLibrary(body)],
    ['by an independent HMAC', signedByHand(body)],
    ['5 minutes ago', signedByHand(body, { seconds: nowMs / 1_000 - 300 })],
    ['5 minutes ahead', signedByHand(body, { seconds: nowMs / 1_000 + 300 })],
  ] as const)('%s is accepted', async ([, headers]) => {
    const { receive, seen } = receiver();
    const response = await receive(post(body, headers));
    expect(response.status).toBe(200);
    expect(seen).toEqual([
      {
        channel: 'imessage',
        provider: 'linq',
        target: { chatId },
        state: 'started',
        at: new Date('2026-02-05T19:31:13.736Z'),
        eventId,
        expiresInMs: 60_000 - 1_264,
      },
    ]);
  });

  test.for([
    ['first', (good: string, bad: string) => `${good} ${bad}`],
    ['last', (good: string, bad: string) => `${bad} ${good}`],
    ['among other versions', (good: string, bad: string) => `v1a,AAAA ${bad} ${good} v2,x`],
  ] as const)('may carry several signatures, the good one %s', async ([, join]) => {
    const { receive, seen } = receiver();
    const headers = signedByHand(body);
    const good = headers['webhook-signature'] ?? '';
    const bad = signedByHand(body, { key: otherSecret })['webhook-signature'] ?? '';
    const response = await receive(
      post(body, { ...headers, 'webhook-signature': join(good, bad) }),
    );
    expect(response.status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  test.for([secret, otherSecret, secret.slice('whsec_'.length)])(
    'may be signed with either of two secrets while one replaces the other',
    async (key) => {
      const { receive, seen } = receiver({ secret: [otherSecret, secret] });
      await receive(post(body, signedByHand(body, { key })));
      expect(seen).toHaveLength(1);
    },
  );

  test('may hold any letters: the bytes are what is signed', async () => {
    const withMore = typingEvent({ note: 'schön 🫧\u2028' });
    const { receive, seen } = receiver();
    await receive(post(withMore, signedByHand(withMore)));
    expect(seen).toHaveLength(1);
  });
});

describe('refused with 401, and nothing of it parsed, is', () => {
  const parse = vi.spyOn(JSON, 'parse');
  beforeEach(() => void parse.mockClear());

  const refused = { status: 401, seen: [], failures: [], quoted: [], parsed: [] };
  async function outcomeOf(request: Request, options?: Parameters<typeof receiver>[0]) {
    const { receive, seen, failures } = receiver(options);
    const response = await receive(request);
    const answer = await response.text();
    const quoted = [secret, chatId, 'msg_1', 'v1,'].filter((one) => answer.includes(one));
    return { status: response.status, seen, failures, quoted, parsed: parse.mock.calls };
  }

  test.for(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'a request without %s',
    async (name) => {
      expect(await outcomeOf(post(body, without(signedByHand(body), name)))).toEqual(refused);
      expect(await outcomeOf(post(body, { ...signedByHand(body), [name]: '' }))).toEqual(refused);
    },
  );

  test.for([
    ['unsigned', {}],
    ['signed with another secret', signedByLibrary(body, { key: otherSecret })],
    ['signed over another body', signedByLibrary(`${body} `)],
    ['signed for another id', { ...signedByHand(body, { id: 'msg_2' }), 'webhook-id': 'msg_1' }],
    ['signed more than 5 minutes ago', signedByHand(body, { seconds: nowMs / 1_000 - 301 })],
    ['signed more than 5 minutes ahead', signedByHand(body, { seconds: nowMs / 1_000 + 301 })],
    ['signed at no time', { ...signedByHand(body), 'webhook-timestamp': 'now' }],
    ['signed at a time with something behind it', withTimestamp((seconds) => `${seconds}x`)],
    ['signed at a time with a zero before it', withTimestamp((seconds) => `0${seconds}`)],
    ['signed at a fraction of a second', withTimestamp((seconds) => `${seconds}.0`)],
    ['signed in a version that does not exist', withSignature((text) => text.replace('v1', 'v9'))],
    ['signed in no version', withSignature((text) => text.replace('v1,', ''))],
    ['signed with half a signature', withSignature((text) => text.slice(0, 20))],
    ['signed with the version alone', withSignature(() => 'v1,')],
    ['signed in the older scheme, where that is not allowed', signedTheOldWay(body)],
  ] as const)('a request that is %s', async ([, headers]) => {
    expect(await outcomeOf(post(body, headers))).toEqual(refused);
  });

  test('a body of other bytes that would be the same text', async () => {
    const replaced = typingEvent({ note: '\u{fffd}' });
    const bytes = new TextEncoder().encode(replaced);
    const at = bytes.indexOf(0xef);
    const broken = Uint8Array.from([...bytes.slice(0, at), 0xff, ...bytes.slice(at + 3)]);
    expect(new TextDecoder().decode(broken)).toBe(replaced);
    expect(await outcomeOf(post(broken, signedByHand(replaced)))).toEqual(refused);
  });

  test('a body with a byte order mark that was not signed', async () => {
    const marked = Uint8Array.from([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(body)]);
    expect(await outcomeOf(post(marked, signedByHand(body)))).toEqual(refused);
  });

  test('a body of a stale request, which is not even read', async () => {
    const request = post(body, signedByHand(body, { seconds: nowMs / 1_000 - 301 }));
    expect(await outcomeOf(request)).toEqual(refused);
    expect(request.bodyUsed).toBe(false);
  });

  test.for([
    ['with another secret', signedTheOldWay(body, { key: otherSecret })],
    ['over another body', signedTheOldWay(`${body} `)],
    ['5 minutes ago', signedTheOldWay(body, { seconds: nowMs / 1_000 - 301 })],
    ['with no hex', { ...signedTheOldWay(body), 'X-Webhook-Signature': 'zz'.repeat(32) }],
    ['too short', { ...signedTheOldWay(body), 'X-Webhook-Signature': '00'.repeat(31) }],
    [
      'well, beside a bad signature of the standard',
      { ...signedTheOldWay(body), ...signedByHand(body, { key: otherSecret }) },
    ],
    ['well, beside a header of the standard', { ...signedTheOldWay(body), 'webhook-id': 'msg_1' }],
    ['without a time', without(signedTheOldWay(body), 'X-Webhook-Timestamp')],
  ] as const)('a request that is signed in the older scheme %s', async ([, headers]) => {
    expect(await outcomeOf(post(body, headers), { legacySignatures: true })).toEqual(refused);
  });
});

describe('the older scheme, where it is allowed', () => {
  test('is accepted with the secret as it is written, whsec_ and all', async () => {
    const { receive, seen } = receiver({ legacySignatures: true });
    expect((await receive(post(body, signedTheOldWay(body)))).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  test('is accepted with any of the secrets, also one that is not base64', async () => {
    const plain = 'a secret from 2025';
    const { receive, seen } = receiver({ legacySignatures: true, secret: [secret, plain] });
    await receive(post(body, signedTheOldWay(body, { key: plain })));
    expect(seen).toHaveLength(1);
  });

  test('leaves the standard as it is', async () => {
    const { receive, seen } = receiver({ legacySignatures: true });
    await receive(post(body, { ...signedTheOldWay(body), ...signedByLibrary(body) }));
    expect(seen).toHaveLength(1);
  });
});

function withTimestamp(change: (seconds: string) => string): Record<string, string> {
  const headers = signedByHand(body);
  return { ...headers, 'webhook-timestamp': change(headers['webhook-timestamp'] ?? '') };
}

function withSignature(change: (signature: string) => string): Record<string, string> {
  const headers = signedByHand(body);
  return { ...headers, 'webhook-signature': change(headers['webhook-signature'] ?? '') };
}
