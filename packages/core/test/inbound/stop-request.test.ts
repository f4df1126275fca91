import type { StopRequest } from '@typingkit/core';
import { describe, expect, test, vi } from 'vitest';
import { type Chat, people, typed } from './people.ts';

const alice = { chat: 'alice' };
const bob = { chat: 'bob' };

let newest = 0;

function pressed(chat: string, changes: object = {}): StopRequest<'chat', Chat> {
  newest += 1;
  return {
    channel: 'chat',
    provider: 'fake',
    target: { chat },
    state: 'stop-requested',
    at: new Date(newest),
    eventId: `press-${newest}`,
    ...changes,
  };
}

describe('the Stop button of the platform', () => {
  test('aborts the signal of the sessions of its conversation, ends them and clears', async () => {
    const { typing, provider, clock, events } = people();
    const sessions = [typing.keep('chat', alice), typing.keep('chat', alice)];
    const other = typing.keep('chat', bob);
    const { signal } = other;
    await clock.advance(1_000);
    const heard = vi.fn();
    sessions[0]?.signal.addEventListener('abort', () => heard(sessions[0]?.state));
    typing.receive(pressed('alice'));
    expect(heard).toHaveBeenCalledExactlyOnceWith('closed');
    for (const session of sessions) {
      await expect(session.closed).resolves.toBe('stop-requested');
      expect(session.signal.aborted).toBe(true);
      expect(session.signal.reason).toMatchObject({ name: 'AbortError' });
    }
    await clock.advance(0);
    expect(provider.stops).toHaveLength(1);
    expect(signal.aborted).toBe(false);
    expect(other.state).toBe('active');
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'closed', reason: 'stop-requested' }),
    );
  });

  test('ends the work of with, where the work listens', async () => {
    const { typing, clock } = people();
    const value = typing.with('chat', alice, async ({ signal }) => {
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    });
    await clock.advance(1_000);
    typing.receive(pressed('alice'));
    await expect(value).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('leaves work alone that does not listen', async () => {
    const { typing, clock } = people();
    const value = typing.with('chat', alice, async () => {
      await clock.advance(1_000);
      typing.receive(pressed('alice'));
      return 'done';
    });
    await expect(value).resolves.toBe('done');
  });

  test('counts once, however often the platform tells', async () => {
    const { typing, clock } = people();
    const event = pressed('alice');
    typing.keep('chat', alice);
    typing.receive(event);
    const next = typing.keep('chat', alice);
    typing.receive(event);
    await clock.advance(0);
    expect(next.state).toBe('active');
    typing.receive(pressed('alice'));
    expect(next.state).toBe('closed');
  });

  test('is nothing else that ends a session: its signal stays as it is', async () => {
    const { typing } = people();
    const controller = new AbortController();
    const stopped = typing.keep('chat', alice);
    const aborted = typing.keep('chat', alice, { signal: controller.signal });
    const closed = typing.keep('chat', bob);
    await stopped.stop();
    controller.abort();
    await typing.close();
    for (const { signal } of [stopped, aborted, closed]) expect(signal.aborted).toBe(false);
  });

  test('reaches channels whose provider does not report who is typing', () => {
    const { typing } = people();
    const session = typing.keep('mute', alice);
    typing.receive({ ...pressed('alice'), channel: 'mute' });
    expect(session.state).toBe('closed');
  });

  test('reaches sessions that wait, pause or fall back', async () => {
    const { typing, clock } = people();
    const delayed = typing.keep('chat', alice, { delayMs: 60_000 });
    const paused = typing.keep('chat', alice);
    paused.pause();
    await clock.advance(1_000);
    typing.receive(pressed('alice'));
    expect([delayed.signal.aborted, paused.signal.aborted]).toEqual([true, true]);
    expect(typing.sessions()).toEqual([]);
  });

  test('finds nobody, and makes no indicator of that', () => {
    const { typing, provider } = people();
    typing.receive(pressed('alice'));
    expect(provider.calls).toEqual([]);
  });

  test('survives listeners that throw, or open the next session', async () => {
    const { typing, clock } = people();
    const session = typing.keep('chat', alice);
    const next: unknown[] = [];
    session.signal.addEventListener('abort', () => next.push(typing.keep('chat', alice)));
    typing.receive(pressed('alice'));
    await clock.advance(2_000);
    expect(next).toMatchObject([{ state: 'active' }]);
  });

  test.for([
    [{ state: 'pressed' }, "event.state must be 'started', 'stopped' or 'stop-requested'"],
    [{ at: '2026-01-01' }, 'event.at must be a valid Date'],
    [{ eventId: 5 }, 'event.eventId must be a string'],
    [{ provider: undefined }, 'event.provider must be a string'],
  ] as const)('is checked: %o', ([changes, message]) => {
    const { typing } = people();
    expect(() => typing.receive(pressed('alice', changes))).toThrow(
      expect.objectContaining({ code: 'misconfigured', message }),
    );
  });

  test('means nothing to readers of what people type, and after close', async () => {
    const { typing } = people();
    const listener = vi.fn();
    typing.onInbound(listener);
    typing.receive(pressed('alice'));
    expect(listener).not.toHaveBeenCalled();
    await typing.close();
    typing.receive(pressed('alice'));
  });
});

describe('targetsIn and inboundIn', () => {
  test('give what the provider reads, the events with channel and provider', () => {
    const { typing, provider } = people();
    const { channel: _, provider: __, ...press } = pressed('bob');
    Object.assign(provider, {
      targetsIn: (message: { readonly from: string }) => [{ chat: message.from }],
      inboundIn: () => [press],
    });
    expect(typing.targetsIn('chat', { from: 'alice' })).toEqual([alice]);
    const events = typing.inboundIn('chat', {});
    expect(events).toEqual([{ ...press, channel: 'chat', provider: 'fake' }]);
    const session = typing.keep('chat', bob);
    for (const event of events) typing.receive(event);
    expect(session.state).toBe('closed');
  });

  test('say where the provider reads nothing', () => {
    const { typing } = people();
    expect(() => typing.targetsIn('chat', {})).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: '[chat/fake] fake does not read messages',
      }),
    );
    expect(() => typing.inboundIn('chat', {})).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: '[chat/fake] fake does not read events',
      }),
    );
  });

  test.for([
    () => {
      throw new Error('the-secret');
    },
    () => undefined,
    () => ({ length: 1 }),
  ])('blame a provider that gives no list, and quote nothing: %o', (read) => {
    const { typing, provider } = people();
    Object.assign(provider, { targetsIn: read, inboundIn: read });
    for (const verb of ['targetsIn', 'inboundIn'] as const) {
      expect(() => typing[verb]('chat', {})).toThrow(
        expect.objectContaining({
          code: 'bad-response',
          message: expect.not.stringContaining('the-secret'),
        }),
      );
    }
  });

  test('know their channels, until close', async () => {
    const { typing } = people();
    const untyped = typing as unknown as Record<'targetsIn', (channel: string) => void>;
    expect(() => untyped.targetsIn('chatt')).toThrow(
      expect.objectContaining({ code: 'unknown-channel' }),
    );
    await typing.close();
    expect(() => typing.targetsIn('chat', {})).toThrow(
      expect.objectContaining({ code: 'stopped' }),
    );
    expect(() => typing.receive(typed('alice', 'started'))).not.toThrow();
  });
});
