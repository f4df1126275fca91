import type { KeepOptions } from '@typingkit/core';
import { describe, expect, test, vi } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };
const minute = 60_000;

/** A promise that somebody else settles. */
function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onSuccess, onFailure) => {
    resolve = onSuccess;
    reject = onFailure;
  });
  return { promise, resolve, reject };
}

describe('a promise is work', () => {
  test('whose value comes back, and behind which the indicator is cleared', async () => {
    const { typing, provider, clock } = virtualTyping();
    const work = deferred<string>();
    const value = typing.with('chat', alice, work.promise);
    await clock.advance(30_000);
    expect(provider.starts.length).toBeGreaterThan(2);
    work.resolve('the answer');
    await expect(value).resolves.toBe('the answer');
    await clock.advance(0);
    expect(provider.stops).toHaveLength(1);
  });

  test('whose error comes back', async () => {
    const { typing, provider, clock } = virtualTyping();
    const work = deferred<string>();
    const value = typing.with('chat', alice, work.promise);
    const error = new Error('the work');
    work.reject(error);
    await expect(value).rejects.toBe(error);
    await clock.advance(0);
    expect(provider.stops).toHaveLength(1);
  });

  test('also where it only behaves like one', async () => {
    const { typing } = virtualTyping();
    // oxlint-disable-next-line unicorn/no-thenable -- this is what it is about
    const thenable: PromiseLike<number> = { then: (...given) => Promise.resolve(7).then(...given) };
    await expect(typing.with('chat', alice, thenable)).resolves.toBe(7);
    const lazy = (): PromiseLike<number> => thenable;
    await expect(typing.with('chat', alice, lazy)).resolves.toBe(7);
  });

  test('also where it can be iterated, like a child process of execa', async () => {
    const { typing } = virtualTyping();
    const both = Object.assign(Promise.resolve('the output'), {
      async *[Symbol.asyncIterator]() {
        yield 'a line';
      },
    });
    await expect(typing.with('chat', alice, both)).resolves.toBe('the output');
  });

  test('whatever is wrong with the channel', async () => {
    const { typing } = virtualTyping();
    await typing.close();
    await expect(typing.with('chat', alice, Promise.resolve(1))).resolves.toBe(1);
    const error = new Error('the work');
    await expect(typing.with('chat', alice, Promise.reject(error))).rejects.toBe(error);
  });
});

describe('a ReadableStream is work', () => {
  function stream(cancel = vi.fn()): ReadableStream<string> {
    let chunks = 0;
    return new ReadableStream({
      pull(controller) {
        chunks += 1;
        if (chunks > 2) controller.close();
        else controller.enqueue(`${chunks}`);
      },
      cancel,
    });
  }

  /** As in a browser that cannot iterate streams. */
  function withoutIterator(source: ReadableStream<string>): {
    getReader: () => ReadableStreamDefaultReader<string>;
  } {
    return { getReader: () => source.getReader() };
  }

  test.for(['iterated', 'read'] as const)('when it is %s', async (how) => {
    const { typing, provider, clock } = virtualTyping();
    const source = how === 'iterated' ? stream() : withoutIterator(stream());
    const chunks: string[] = [];
    for await (const chunk of typing.with('chat', alice, source)) {
      chunks.push(chunk);
      await clock.advance(1);
    }
    expect(chunks).toEqual(['1', '2']);
    await clock.advance(0);
    expect(provider.calls.map(({ operation }) => operation)).toEqual(['start', 'stop']);
  });

  test.for(['iterated', 'read'] as const)(
    'is told when a reader leaves, when it is %s',
    async (how) => {
      const { typing } = virtualTyping();
      const cancel = vi.fn();
      const source = how === 'iterated' ? stream(cancel) : withoutIterator(stream(cancel));
      for await (const chunk of typing.with('chat', alice, source)) if (chunk === '1') break;
      expect(cancel).toHaveBeenCalledOnce();
    },
  );
});

describe('work that is pending is a sign of life', () => {
  const kinds = {
    function: (work: Promise<string>) => () => work,
    promise: (work: Promise<string>) => work,
  };

  test.for(Object.entries(kinds))('a %s, for 25 minutes of silence', async ([, kindOf]) => {
    const { typing, provider, clock } = virtualTyping();
    const work = deferred<string>();
    const value = typing.with('chat', alice, kindOf(work.promise));
    await clock.advance(25 * minute);
    expect(typing.sessions()).toMatchObject([{ state: 'active' }]);
    const { length } = provider.starts;
    await clock.advance(minute);
    expect(provider.starts.length).toBeGreaterThan(length);
    work.resolve('done');
    await expect(value).resolves.toBe('done');
  });

  test.for(Object.entries(kinds))(
    'a %s, but not for more than half an hour',
    async ([, kindOf]) => {
      const { typing, provider, clock, events } = virtualTyping();
      const work = deferred<string>();
      const value = typing.with('chat', alice, kindOf(work.promise));
      await clock.advance(30 * minute + 50);
      expect(typing.sessions()).toEqual([]);
      expect(events).toContainEqual(
        expect.objectContaining({ type: 'closed', reason: 'max-duration' }),
      );
      expect(provider.stops).toHaveLength(1);
      work.resolve('done');
      await expect(value).resolves.toBe('done');
    },
  );

  test.for<readonly [string, KeepOptions, number]>([
    ['an idle cap that the caller gives', { idleTimeoutMs: 40_000 }, 40_000],
    ['a hard cap that the caller gives', { maxDurationMs: 40_000 }, 40_000],
  ])('unless there is %s', async ([, options, endsAtMs]) => {
    const { typing, clock } = virtualTyping();
    const work = deferred<string>();
    const value = typing.with('chat', alice, work.promise, options);
    await clock.advance(endsAtMs - 100);
    expect(typing.sessions()).toHaveLength(1);
    await clock.advance(150);
    expect(typing.sessions()).toHaveLength(0);
    work.resolve('done');
    await value;
  });

  test('so is a stream while somebody waits for a chunk, and no longer', async () => {
    const { typing, clock } = virtualTyping();
    const chunks = [deferred<IteratorResult<string>>(), deferred<IteratorResult<string>>()];
    let nth = 0;
    const source: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => chunks[nth++]?.promise ?? Promise.reject(new Error('no more')),
      }),
    };
    const reader = typing.with('chat', alice, source)[Symbol.asyncIterator]();
    const first = reader.next();
    await clock.advance(11 * minute);
    expect(typing.sessions()).toMatchObject([{ state: 'active' }]);
    chunks[0]?.resolve({ done: false, value: 'a' });
    await expect(first).resolves.toEqual({ done: false, value: 'a' });
    await clock.advance(2 * minute - 100);
    expect(typing.sessions()).toHaveLength(1);
    await clock.advance(150);
    expect(typing.sessions()).toHaveLength(0);
  });

  test('while keep has both caps', async () => {
    const { typing, clock } = virtualTyping();
    const silent = typing.keep('chat', alice);
    const busy = typing.keep('chat', { chat: 'bob' });
    for (let passed = 0; passed < 10; passed += 1) {
      busy.touch();
      await clock.advance(minute);
    }
    await clock.advance(50);
    await expect(silent.closed).resolves.toBe('idle');
    await expect(busy.closed).resolves.toBe('max-duration');
  });
});

test('a reader that leaves before it has read anything opens no session by reading on', async () => {
  const { typing, provider } = virtualTyping();
  async function* answer(): AsyncGenerator<string> {
    yield 'a';
  }
  const reader = typing.with('chat', alice, answer())[Symbol.asyncIterator]();
  await reader.return?.();
  await expect(reader.next()).resolves.toEqual({ done: true, value: undefined });
  expect(provider.calls).toEqual([]);
});
