import { createTyping } from '@typingkit/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };

afterEach(() => {
  vi.restoreAllMocks();
});

describe('with, around work', () => {
  test("resolves to the work's value and clears", async () => {
    const { typing, provider, clock } = virtualTyping();
    await expect(typing.with('chat', alice, () => 42)).resolves.toBe(42);
    await clock.advance(0);
    expect(provider.calls.map(({ operation }) => operation)).toEqual(['start', 'stop']);
  });

  test("rejects with the work's own error, and clears", async () => {
    const { typing, provider, clock } = virtualTyping();
    const error = new Error('the work');
    const thrown = typing.with('chat', alice, () => {
      throw error;
    });
    await expect(thrown).rejects.toBe(error);
    await expect(typing.with('chat', alice, () => Promise.reject(error))).rejects.toBe(error);
    await clock.advance(0);
    expect(provider.stops).toHaveLength(2);
  });

  test.for([0, 50, 30_000])(
    'takes the %i ms of its work and settleMs at the most on a vendor that hangs, and starts nothing afterwards',
    async (workMs) => {
      const { typing, provider, clock } = virtualTyping();
      provider.hangNext({ times: 100, ignoreSignal: true });
      const work = (): Promise<string> =>
        new Promise((resolve) => void clock.setTimer(() => resolve('done'), workMs));
      let endedAtMs = -1;
      const ended = typing.with('chat', alice, work).then((value) => {
        endedAtMs = clock.now();
        return value;
      });
      await clock.advance(workMs + 250);
      await expect(ended).resolves.toBe('done');
      expect(endedAtMs).toBeLessThanOrEqual(workMs + 250);
      const starts = provider.starts.length;
      await clock.advance(600_000);
      expect(provider.starts).toHaveLength(starts);
      expect(provider.stops).toHaveLength(1);
    },
  );

  test('does not wait for the first start', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext();
    const work = vi.fn(() => 'done');
    void typing.with('chat', alice, work, { settleMs: 0 });
    expect(work).toHaveBeenCalledOnce();
    await clock.advance(1);
  });

  test('runs the work whatever the vendor answers', async () => {
    const { typing, provider, clock } = virtualTyping();
    for (const code of ['rate-limited', 'unauthenticated', 'not-found', 'network'] as const) {
      provider.failNext(code);
      await expect(typing.with('chat', { chat: code }, () => code)).resolves.toBe(code);
      await clock.advance(1_000);
    }
  });

  test('runs the work where the channel, the target, the options or the key are wrong, and says so', async () => {
    const { events, typing } = virtualTyping();
    const work = (): string => 'done';
    // Not every caller has a compiler.
    const untyped: {
      with(channel: string, target: unknown, work: () => string, options?: object): Promise<string>;
    } = typing;
    await expect(untyped.with('chatt', alice, work)).resolves.toBe('done');
    await expect(untyped.with('chat', alice, work, { idleTimeoutMs: -1 })).resolves.toBe('done');
    expect(events).toMatchObject([
      { type: 'failed', error: { code: 'unknown-channel' } },
      { type: 'failed', error: { code: 'misconfigured' } },
    ]);

    const keyless = createTyping({
      channels: {
        chat: () => {
          throw new Error('no key');
        },
      },
      onEvent: () => {},
    });
    await expect(keyless.with('chat', alice, work)).resolves.toBe('done');
    await typing.close();
    await expect(typing.with('chat', alice, work)).resolves.toBe('done');
  });

  test('gives the work its session', async () => {
    const { typing, provider, clock } = virtualTyping();
    const state = await typing.with('chat', alice, async (session) => {
      await clock.advance(1);
      session.messageSent();
      return session.state;
    });
    await clock.advance(60_000);
    expect(state).toBe('starting');
    expect(provider.stops).toHaveLength(0);
  });

  test('ends typing, not the work, with its signal', async () => {
    const { typing, provider, clock } = virtualTyping();
    const controller = new AbortController();
    const value = typing.with(
      'chat',
      alice,
      async (session) => {
        await clock.advance(1);
        controller.abort();
        return session.closed;
      },
      { signal: controller.signal },
    );
    await expect(value).resolves.toBe('aborted');
    expect(provider.stops).toHaveLength(1);
  });

  test('warns once for each code where nobody observes', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { typing, provider, clock } = virtualTyping({}, { onEvent: undefined });
    provider.failNext('unavailable', { times: 20 });
    typing.keep('chat', alice, { idleTimeoutMs: 600_000 });
    await clock.advance(300_000);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('[chat/fake]'));
    provider.failNext('forbidden');
    await expect(typing.send('chat', { chat: 'bob' })).rejects.toThrow();
    expect(warn).toHaveBeenCalledTimes(1);
  });
});

describe('with, around a stream', () => {
  async function* answer(...chunks: string[]): AsyncGenerator<string> {
    for (const chunk of chunks) yield chunk;
  }

  test('passes the chunks through and clears at the end', async () => {
    const { typing, provider, clock } = virtualTyping();
    const chunks: string[] = [];
    for await (const chunk of typing.with('chat', alice, answer('a', 'b'))) {
      expect(provider.stops).toHaveLength(0);
      chunks.push(chunk);
      await clock.advance(1);
    }
    await clock.advance(0);
    expect(chunks).toEqual(['a', 'b']);
    expect(provider.calls.map(({ operation }) => operation)).toEqual(['start', 'stop']);
  });

  test('ends with the first chunk where that is wanted', async () => {
    const { typing, provider, clock } = virtualTyping();
    const stream = typing.with('chat', alice, answer('a', 'b'), { until: 'first-chunk' });
    const reader = stream[Symbol.asyncIterator]();
    await expect(reader.next()).resolves.toEqual({ done: false, value: 'a' });
    await clock.advance(0);
    expect(provider.stops).toHaveLength(1);
    await expect(reader.next()).resolves.toEqual({ done: false, value: 'b' });
    await reader.next();
    expect(provider.stops).toHaveLength(1);
  });

  test('sends nothing for a stream that nobody reads', async () => {
    const { typing, provider, clock } = virtualTyping();
    typing.with('chat', alice, answer('a'));
    await clock.advance(60_000);
    expect(provider.calls).toHaveLength(0);
  });

  test('cleans up behind a stream that throws, and throws its error', async () => {
    const { typing, provider, clock } = virtualTyping();
    const error = new Error('the model');
    async function* broken(): AsyncGenerator<string> {
      yield 'a';
      throw error;
    }
    const read = async (): Promise<void> => {
      for await (const _ of typing.with('chat', alice, broken())) await clock.advance(1);
    };
    await expect(read()).rejects.toBe(error);
    await clock.advance(0);
    expect(provider.stops).toHaveLength(1);
  });

  test('cleans up behind a reader that leaves, and tells the stream', async () => {
    const { typing, provider, clock } = virtualTyping();
    const left = vi.fn();
    async function* endless(): AsyncGenerator<number> {
      try {
        for (let chunk = 0; ; chunk += 1) yield chunk;
      } finally {
        left();
      }
    }
    for await (const chunk of typing.with('chat', alice, endless())) {
      if (chunk === 3) break;
      await clock.advance(1);
    }
    await clock.advance(0);
    expect(left).toHaveBeenCalledOnce();
    expect(provider.stops).toHaveLength(1);
  });

  test('clears at once behind a reader that leaves, whatever the stream still does', async () => {
    const { typing, provider, clock } = virtualTyping();
    const hanging = {
      next: () => Promise.resolve({ done: false as const, value: 'a' }),
      return: () => new Promise<never>(() => {}),
    };
    const source = { [Symbol.asyncIterator]: () => hanging };
    const reader = typing.with('chat', alice, source)[Symbol.asyncIterator]();
    await reader.next();
    void reader.return?.();
    await clock.advance(0);
    expect(provider.stops).toHaveLength(1);
  });

  test('clears at once behind a reader that no longer waits for a chunk', async () => {
    const { typing, provider, clock } = virtualTyping();
    const left = vi.fn(() => Promise.resolve({ done: true as const, value: undefined }));
    const silent = { next: () => new Promise<never>(() => {}), return: left };
    const source = { [Symbol.asyncIterator]: () => silent };
    const reader = typing.with('chat', alice, source)[Symbol.asyncIterator]();
    void reader.next();
    await clock.advance(1_000);
    expect(provider.stops).toHaveLength(0);
    await reader.return?.();
    expect(left).toHaveBeenCalledOnce();
    await clock.advance(0);
    expect(provider.stops).toHaveLength(1);
  });

  test('ends with the silence of a reader that stopped reading, and with the cap of a stream that never ends', async () => {
    const { typing, provider, clock } = virtualTyping();
    async function* endless(): AsyncGenerator<number> {
      for (let chunk = 0; ; chunk += 1) yield chunk;
    }
    const abandoned = typing.with('chat', alice, endless())[Symbol.asyncIterator]();
    await abandoned.next();
    await clock.advance(120_000);
    expect(provider.stops).toHaveLength(1);

    let chunks = 0;
    for await (const _ of typing.with('chat', { chat: 'bob' }, endless())) {
      chunks += 1;
      await clock.advance(60_000);
      if (chunks === 12) break;
    }
    expect(provider.stops).toHaveLength(2);
  });
});
