import { TypingError } from '@typingkit/core';
import { describe, expect, test, vi } from 'vitest';
import {
  post,
  receiver,
  secret,
  signedByHand,
  signedPost,
  typingEvent,
} from '../support/webhook-events.ts';

describe('200 answers', () => {
  test.for(['2025-01-01', '2026-02-03', undefined])(
    'a typing event of the version %s',
    async (version) => {
      const { receive, seen } = receiver();
      const response = await receive(signedPost(typingEvent({ webhook_version: version })));
      expect(response.status).toBe(200);
      expect(seen).toHaveLength(1);
    },
  );

  test('a stopped, which expires at once', async () => {
    const { receive, seen } = receiver();
    await receive(signedPost(typingEvent({ event_type: 'chat.typing_indicator.stopped' })));
    expect(seen).toMatchObject([{ state: 'stopped', expiresInMs: 0 }]);
  });

  test.for(['message.received', 'chat.created', 'chat.typing_indicator.paused', ''])(
    'an event of the type %j, which is not about typing',
    async (type) => {
      const { receive, seen } = receiver();
      const response = await receive(signedPost(JSON.stringify({ event_type: type, data: null })));
      expect(response.status).toBe(200);
      expect(seen).toEqual([]);
    },
  );

  test('with the chat in the form that a target has', async () => {
    const { receive, seen } = receiver();
    const data = { chat_id: '550E8400-E29B-41D4-A716-446655440000', added_later: true };
    await receive(signedPost(typingEvent({ data })));
    expect(seen[0]?.target).toEqual({ chatId: '550e8400-e29b-41d4-a716-446655440000' });
  });

  test('with the name that the channel has', async () => {
    const { receive, seen } = receiver({ channel: 'sales' as 'imessage' });
    await receive(signedPost(typingEvent()));
    expect(seen[0]?.channel).toBe('sales');
  });
});

describe('400 answers a signed request that', () => {
  test.for([
    ['is no JSON', '{"event_type"'],
    ['is empty', ''],
    ['is no object', '"chat.typing_indicator.started"'],
    ['has no type', '{}'],
    ['has no event id', typingEvent({ event_id: undefined })],
    ['has an empty event id', typingEvent({ event_id: '' })],
    ['has an event id of a thousand letters', typingEvent({ event_id: 'x'.repeat(1_000) })],
    ['has no time', typingEvent({ created_at: undefined })],
    ['has a time that is none', typingEvent({ created_at: '2026-13-45T00:00:00Z' })],
    ['has a time in nobody knows which zone', typingEvent({ created_at: '2026-02-05T19:31:13' })],
    ['comes from the future', typingEvent({ created_at: '2026-02-05T19:36:15.001Z' })],
    ['has no chat', typingEvent({ data: {} })],
    ['has a chat that is no UUID', typingEvent({ data: { chat_id: '../typing' } })],
  ] as const)('%s', async ([, body]) => {
    const { receive, seen, failures } = receiver();
    const response = await receive(signedPost(body));
    expect(response.status).toBe(400);
    expect(seen).toEqual([]);
    expect(failures).toEqual([]);
    expect((await response.text()).length).toBeLessThan(50);
  });
});

test.for(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('405 answers a %s', async (method) => {
  const { receive } = receiver();
  const response = await receive(new Request('https://bot.example/linq', { method }));
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST');
});

describe('413 answers', () => {
  const limit = 64 * 1_024;
  const sized = (bytes: number): string =>
    typingEvent({ padding: 'x'.repeat(bytes - typingEvent({ padding: '' }).length) });

  test('nothing that is just small enough', async () => {
    const { receive, seen } = receiver();
    expect((await receive(signedPost(sized(limit)))).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  test('one byte more, signed or not', async () => {
    const { receive, seen } = receiver();
    expect((await receive(signedPost(sized(limit + 1)))).status).toBe(413);
    expect(seen).toEqual([]);
  });

  test('a body in chunks without a content-length, as soon as it is too much', async () => {
    const body = sized(10 * limit);
    let chunks = 0;
    const cancel = vi.fn<() => void>();
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          chunks += 1;
          controller.enqueue(new TextEncoder().encode(body.slice(0, 1_024)));
        },
        cancel,
      },
      { highWaterMark: 0 },
    );
    const headers = signedByHand(body);
    const init = { method: 'POST', headers, body: stream, duplex: 'half' } as const;
    const request = new Request('https://bot.example/linq', init);
    expect(request.headers.has('content-length')).toBe(false);
    const { receive } = receiver();
    expect((await receive(request)).status).toBe(413);
    // 65 KiB, and what the Request itself keeps ready.
    expect(chunks).toBeLessThanOrEqual(67);
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  test('a content-length that is too much, without a look at the body', async () => {
    const request = post('{}', { ...signedByHand('{}'), 'content-length': String(limit + 1) });
    const { receive } = receiver();
    expect((await receive(request)).status).toBe(413);
    expect(request.bodyUsed).toBe(false);
  });

  test('a body that is longer than its content-length says', async () => {
    const body = sized(limit + 1);
    const { receive } = receiver();
    const response = await receive(post(body, { ...signedByHand(body), 'content-length': '2' }));
    expect(response.status).toBe(413);
  });
});

test('a body that breaks off is answered with 400', async () => {
  const stream = new ReadableStream({
    start: (controller) => controller.error(new Error('gone')),
  });
  const headers = signedByHand(typingEvent());
  const init = { method: 'POST', headers, body: stream, duplex: 'half' } as const;
  const { receive, failures } = receiver();
  expect((await receive(new Request('https://bot.example/linq', init))).status).toBe(400);
  expect(failures).toEqual([]);
});

test.each<[string, (request: Request) => unknown]>([
  ['was read before', (request) => request.text()],
  ['somebody else has begun to read', (request) => request.body?.getReader()],
])('a body that %s is a mistake of the program, and it is told so', async (_, spoil) => {
  const request = signedPost(typingEvent());
  await spoil(request);
  const { receive, failures } = receiver();
  expect((await receive(request)).status).toBe(500);
  expect(failures).toHaveLength(1);
  const [failure] = failures;
  expect(TypingError.isInstance(failure) && failure.message).toBe(
    '[linq] the body of a webhook was read before the webhook got the request. The signature covers the original bytes: pass the request on unread.',
  );
});

test('what fails goes to console.error where nobody listens', async () => {
  const print = vi.spyOn(console, 'error').mockReturnValue();
  const error = new Error('the database is down');
  const { receive } = receiver({ onFailure: undefined, onTyping: () => Promise.reject(error) });
  expect((await receive(signedPost(typingEvent()))).status).toBe(500);
  expect(print.mock.calls).toEqual([[error]]);
  expect(JSON.stringify(print.mock.calls)).not.toContain(secret);
  print.mockRestore();
});
