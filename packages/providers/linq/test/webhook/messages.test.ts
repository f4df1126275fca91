import { describe, expect, test, vi } from 'vitest';
import type { LinqTarget } from '../../src/index.ts';
import type { LinqMessage } from '../../src/webhook/index.ts';
import { chatId, receiver, signedPost, typingEvent } from '../support/webhook-events.ts';

const received = (changes: Readonly<Record<string, unknown>> = {}): string =>
  typingEvent({
    event_type: 'message.received',
    data: { chat: { id: chatId }, id: 'message-1', direction: 'inbound' },
    ...changes,
  });

describe('a message', () => {
  test('reaches onMessage as Linq sent it, with its chat, once', async () => {
    const onMessage = vi.fn<(message: LinqMessage, target: LinqTarget) => void>();
    const { receive, seen } = receiver({ onMessage });
    for (const _ of [1, 2]) expect((await receive(signedPost(received()))).status).toBe(200);
    expect(onMessage.mock.calls).toEqual([[JSON.parse(received()), { chatId }]]);
    expect(seen).toEqual([]);
  });

  test('reaches it however late it comes', async () => {
    const onMessage = vi.fn<() => void>();
    const { receive } = receiver({ onMessage });
    const response = await receive(signedPost(received({ created_at: '2026-02-05T10:00:00Z' })));
    expect(response.status).toBe(200);
    expect(onMessage).toHaveBeenCalledTimes(1);
  });

  test('is answered in time while the work for it goes on, and is not taken twice', async () => {
    vi.useFakeTimers();
    try {
      const { promise: replied, resolve: reply } = Promise.withResolvers<void>();
      const onMessage = vi.fn<() => Promise<void>>(() => replied);
      const kept: Promise<unknown>[] = [];
      const { receive, failures } = receiver({
        onMessage,
        acceptAfterMs: 1_500,
        waitUntil: (work) => kept.push(work),
      });
      const answer = receive(signedPost(received()));
      await vi.advanceTimersByTimeAsync(1_500);
      expect((await answer).status).toBe(200);
      expect((await receive(signedPost(received()))).status).toBe(200);
      expect(onMessage).toHaveBeenCalledTimes(1);
      expect(kept).toHaveLength(1);
      reply();
      await Promise.all(kept);
      expect(failures).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('whose handler fails soon comes again', async () => {
    const onMessage = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('not now'));
    const { receive } = receiver({ onMessage });
    expect((await receive(signedPost(received()))).status).toBe(500);
    expect((await receive(signedPost(received()))).status).toBe(200);
    expect(onMessage).toHaveBeenCalledTimes(2);
  });

  test('of our own does not reach it', async () => {
    const onMessage = vi.fn<() => void>();
    const { receive } = receiver({ onMessage });
    const own = received({ data: { chat: { id: chatId }, is_from_me: true } });
    expect((await receive(signedPost(own))).status).toBe(200);
    expect(onMessage).not.toHaveBeenCalled();
  });

  test.for([
    ['of another kind', 'message.sent'],
    ['that was read', 'message.read'],
  ])('%s does not reach it', async ([, type]) => {
    const onMessage = vi.fn<() => void>();
    const { receive } = receiver({ onMessage });
    expect((await receive(signedPost(received({ event_type: type })))).status).toBe(200);
    expect(onMessage).not.toHaveBeenCalled();
  });

  test.for([
    ['an id', { event_id: undefined }],
    ['data', { data: undefined }],
  ] as const)('without %s is answered with 400', async ([, changes]) => {
    const { receive } = receiver({ onMessage: () => {} });
    expect((await receive(signedPost(received(changes)))).status).toBe(400);
  });

  test('is answered with 200 and left alone where nobody asks for messages', async () => {
    const { receive, seen } = receiver();
    expect((await receive(signedPost(received()))).status).toBe(200);
    expect(seen).toEqual([]);
  });
});

test('events about typing are left alone where only messages are asked for', async () => {
  const onMessage = vi.fn<() => void>();
  const { receive } = receiver({ onMessage, onTyping: undefined });
  expect((await receive(signedPost(typingEvent()))).status).toBe(200);
  expect(onMessage).not.toHaveBeenCalled();
});
