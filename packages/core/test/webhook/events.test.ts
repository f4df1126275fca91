import { describe, expect, test, vi } from 'vitest';
import { type SeenEvents, webhookHandler } from '../../src/webhook/index.ts';
import { TypingError } from '../../src/index.ts';
import { nowMs, secret, signedPost, signedReceiver } from './signed-receiver.ts';

describe('a body with several events', () => {
  const events = ['a', 'b', 'c'].map((id) => ({ id }));

  test('brings each of them to onEvent, in order', async () => {
    const { receive, seen } = signedReceiver();
    expect((await receive(signedPost(events))).status).toBe(200);
    expect(seen).toEqual(events);
  });

  test('comes again where one of them failed, and only that one is handled again', async () => {
    const handled: string[] = [];
    const failing = new Set(['b']);
    const { receive } = signedReceiver({
      onEvent({ id }) {
        if (failing.delete(id)) throw new Error('not now');
        handled.push(id);
      },
    });
    expect((await receive(signedPost(events))).status).toBe(500);
    expect((await receive(signedPost(events))).status).toBe(200);
    expect(handled).toEqual(['a', 'c', 'b']);
  });

  test('is refused whole where one of them lies in the future', async () => {
    const { receive, seen } = signedReceiver();
    const future = { id: 'd', atMs: nowMs + 300_001 };
    expect((await receive(signedPost([...events, future]))).status).toBe(400);
    expect(seen).toEqual([]);
  });
});

test('an empty body of events is answered with 200', async () => {
  const { receive } = signedReceiver();
  expect((await receive(signedPost([]))).status).toBe(200);
});

test('a handshake is answered by read', async () => {
  const { receive } = signedReceiver({
    read: () => new Response('challenge', { status: 201, headers: { 'x-own': 'yes' } }),
  });
  const response = await receive(signedPost({ type: 'url_verification' }));
  expect([response.status, response.headers.get('x-own'), await response.text()]).toEqual([
    201,
    'yes',
    'challenge',
  ]);
});

test('a form is read as one', async () => {
  const { receive, seen } = signedReceiver({
    read: (body) => [{ id: body.form().get('MessageSid') ?? '', event: { id: 'form' } }],
  });
  expect((await receive(signedPost('MessageSid=SM1&From=whatsapp%3A%2B1'))).status).toBe(200);
  expect(seen).toEqual([{ id: 'form' }]);
});

test('the age of an event is told', async () => {
  const onEvent = vi.fn<(event: unknown, ageMs: number) => void>();
  const { receive } = signedReceiver({ onEvent });
  await receive(signedPost([{ id: 'a', atMs: nowMs - 7_000 }, { id: 'b' }]));
  expect(onEvent.mock.calls.map(([, ageMs]) => ageMs)).toEqual([7_000, 0]);
});

test('an event that is never too old is remembered for rememberMs', async () => {
  const claim = vi.fn<SeenEvents['claim']>(() => true);
  const { receive } = signedReceiver({
    seenEvents: { claim, release: () => {} },
    rememberMs: 3_600_000,
  });
  await receive(signedPost([{ id: 'a' }]));
  expect(claim.mock.calls).toEqual([['a', 3_600_000]]);
});

test.for([
  ['what is no request', undefined],
  ['an object', {}],
])('%s is answered, and never rejects', async ([, request]) => {
  const { receive } = signedReceiver();
  expect([405, 500]).toContain((await receive(request as Request)).status);
});

describe('options that are refused', () => {
  test.for<[string, Record<string, unknown>, string]>([
    ['no provider', { provider: undefined }, 'provider is required and must not be empty'],
    [
      'no signature',
      { signature: undefined },
      'signature is required and must be a signature scheme, or a list of them',
    ],
    [
      'an empty list of signatures',
      { signature: [] },
      'signature must be a signature scheme, or a list of them',
    ],
    [
      'the secret in its place',
      { signature: secret },
      'signature must be a signature scheme, or a list of them',
    ],
    ['no reader', { read: undefined }, 'read is required and must be a function'],
    ['no handler', { onEvent: null }, 'onEvent must be a function'],
    ['a size of 0', { maxBytes: 0 }, 'maxBytes must be a whole number above 0'],
    ['no time', { timeoutMs: 0 }, 'timeoutMs must be more than 0 and less than 2^31'],
    ['a time that is not a number', { timeoutMs: NaN }, 'timeoutMs must be a number'],
    [
      'a store without release',
      { seenEvents: { claim() {} } },
      'seenEvents must have the methods claim and release',
    ],
    ['a field that does not exist', { onMessage() {} }, 'options has no field called onMessage'],
  ])('%s', ([, options, reason]) => {
    const error = thrownBy(() => signedReceiver(options));
    expect(error).toMatchObject({ code: 'misconfigured', operation: 'configure', reason });
    expect(String(error)).not.toContain(secret);
  });

  test('nothing in their place', () => {
    expect(() => webhookHandler(undefined as never)).toThrow('options');
  });
});

function thrownBy(make: () => unknown): TypingError {
  try {
    make();
  } catch (error) {
    if (TypingError.isInstance(error)) return error;
  }
  throw new Error('nothing of ours was thrown');
}
