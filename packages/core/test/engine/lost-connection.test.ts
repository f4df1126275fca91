import { createTyping, type Typing } from '@typingkit/core';
import {
  type FakeProvider,
  fakeProvider,
  virtualClock,
  type VirtualClock,
} from '@typingkit/testing';
import { describe, expect, test } from 'vitest';
import { type ChatTarget, virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };

interface Connected {
  readonly typing: Typing<{ readonly chat: ChatTarget }>;
  readonly provider: FakeProvider<ChatTarget>;
  readonly clock: VirtualClock;
  readonly lose: (target: ChatTarget) => void;
}

/** A channel whose provider holds a connection, on which an indicator stays up until it is stopped. */
function connected(enabled: () => boolean = () => true): Connected {
  const clock = virtualClock();
  const listeners = new Set<(target: ChatTarget) => void>();
  const fake = fakeProvider<ChatTarget>({
    capabilities: { ttl: { kind: 'until-stopped' }, minIntervalMs: 1_000 },
    conversationKey: ({ chat }) => chat,
  });
  const provider = Object.assign(fake, {
    onLost(listener: (target: ChatTarget) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  const typing = createTyping({ channels: { chat: provider }, clock, random: () => 0, enabled });
  const lose = (target: ChatTarget): void => {
    for (const listener of listeners) listener(target);
  };
  return { typing, provider, clock, lose };
}

describe('a connection that is lost', () => {
  test('raises again what it took down, once, and without a burst', async () => {
    const { typing, provider, clock, lose } = connected();
    const chats = Array.from({ length: 1_000 }, (_, chat) => ({ chat: `${chat}` }));
    for (const chat of chats) typing.keep('chat', chat);
    await clock.advance(10_000);
    expect(provider.starts).toHaveLength(1_000);
    // A connection that breaks is often told twice. The first one is on its way by then: nobody knows over which.
    for (const chat of [...chats, ...chats.slice(1)]) lose(chat);
    let most = 0;
    for (let tick = 0; tick < 120; tick += 1) {
      const before = provider.starts.length;
      await clock.advance(50);
      most = Math.max(most, provider.starts.length - before);
    }
    expect(most).toBeLessThan(50);
    expect(new Set(provider.starts.slice(1_000).map(({ target }) => target.chat)).size).toBe(1_000);
    await clock.advance(30_000);
    expect(provider.starts).toHaveLength(2_000);
  });

  test('raises nothing for sessions that have ended, and sends no stop for what is down', async () => {
    const { typing, provider, clock, lose } = connected();
    const session = typing.keep('chat', alice);
    const other = typing.keep('chat', { chat: 'bob' });
    await clock.advance(5_000);
    await session.stop();
    lose(alice);
    lose({ chat: 'nobody' });
    lose({ chat: 'bob' });
    await other.stop();
    await clock.advance(60_000);
    expect(provider.starts).toHaveLength(2);
    expect(provider.stops.map(({ target }) => target)).toEqual([alice]);
    await typing.close();
    lose(alice);
    await clock.advance(10_000);
    expect(provider.starts).toHaveLength(2);
  });
});

describe('the off switch', () => {
  test('is asked before a second attempt', async () => {
    let isOn = true;
    const { typing, provider, clock } = virtualTyping({}, { enabled: () => isOn });
    provider.failNext('network');
    const sent = typing.send('chat', alice);
    const failure = expect(sent).rejects.toMatchObject({ code: 'network' });
    isOn = false;
    await clock.advance(5_000);
    await failure;
    expect(provider.starts).toHaveLength(1);
  });

  test('lets a stop out that clears what may be up, and none that clears nothing', async () => {
    let isOn = true;
    const { typing, provider, clock } = virtualTyping({}, { enabled: () => isOn });
    typing.keep('chat', alice);
    await clock.advance(0);
    isOn = false;
    await expect(typing.stop('chat', { chat: 'bob' })).resolves.toMatchObject({
      status: 'expires',
      withinMs: 0,
    });
    expect(provider.stops).toHaveLength(0);
    await expect(typing.stop('chat', alice)).resolves.toMatchObject({ status: 'cleared' });
    expect(provider.stops).toHaveLength(1);
    await clock.advance(60_000);
    expect(provider.calls).toHaveLength(2);
  });
});

describe('ten thousand sessions of one conversation', () => {
  test('are stopped without looking through all of them for each', async () => {
    const { typing, clock } = virtualTyping();
    let reads = 0;
    const sessions = Array.from({ length: 10_000 }, (_, place) => {
      const session = typing.keep('chat', alice, { refreshEveryMs: 3_000 + place });
      // Whoever looks for the shortest wish goes through the list by this field.
      let following: unknown = Reflect.get(session, 'following');
      Object.defineProperty(session, 'following', {
        get() {
          reads += 1;
          return following;
        },
        set(next: unknown) {
          following = next;
        },
      });
      return session;
    });
    await clock.advance(3_500);
    reads = 0;
    for (const session of sessions) void session.stop();
    await clock.advance(1_000);
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThan(100_000);
    expect(typing.sessions()).toEqual([]);
  });
});
