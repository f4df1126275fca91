import { getEventListeners } from 'node:events';
import type { InboundTyping } from '@typingkit/core';
import { describe, expect, test, vi } from 'vitest';
import { heard, people, typed } from './people.ts';

async function collect(events: AsyncIterable<InboundTyping>): Promise<string[]> {
  const words: string[] = [];
  for await (const { target, state } of events) words.push(`${Object(target).chat} ${state}`);
  return words;
}

describe('inbound', () => {
  test('gives what comes in, to every reader all of it, until close', async () => {
    const { typing, clock } = people();
    const readers = [collect(typing.inbound()), collect(typing.inbound('chat'))];
    typing.receive(typed('alice', 'started'));
    await clock.advance(0);
    typing.receive(typed('bob', 'started'));
    typing.receive(typed('bob', 'stopped'));
    await clock.advance(0);
    await typing.close();
    const words = ['alice started', 'bob started', 'bob stopped'];
    await expect(Promise.all(readers)).resolves.toEqual([words, words]);
  });

  test('gives a reader of one channel only that', async () => {
    const { typing, clock } = people();
    const [both, one] = [collect(typing.inbound()), collect(typing.inbound('room'))];
    typing.receive(typed('alice', 'started'));
    typing.receive({ ...typed('bob', 'started'), channel: 'room' });
    await clock.advance(0);
    await typing.close();
    await expect(both).resolves.toEqual(['alice started', 'bob started']);
    await expect(one).resolves.toEqual(['bob started']);
  });

  test('gives each reading of one iterable a buffer of its own, from when it begins', async () => {
    const { typing } = people();
    const events = typing.inbound();
    const first = events[Symbol.asyncIterator]();
    typing.receive(typed('alice', 'started'));
    const second = events[Symbol.asyncIterator]();
    typing.receive(typed('bob', 'started'));
    const next = async (reader: typeof first): Promise<unknown> =>
      (await reader.next()).value?.target;
    expect([await next(first), await next(first)]).toEqual([{ chat: 'alice' }, { chat: 'bob' }]);
    expect(await next(second)).toEqual({ chat: 'bob' });
  });

  test('drops the oldest events for a slow reader, and tells onEvent', async () => {
    const { typing, events } = people();
    const slow = typing.inbound('chat', { capacity: 2 })[Symbol.asyncIterator]();
    const fast = typing.inbound('chat')[Symbol.asyncIterator]();
    for (const chat of ['a', 'b', 'c', 'd']) typing.receive(typed(chat, 'started'));
    const dropped = { type: 'inbound-dropped', channel: 'chat', provider: 'fake' };
    expect(events).toEqual([
      { ...dropped, isFirst: true },
      { ...dropped, isFirst: false },
    ]);
    expect((await slow.next()).value?.target).toEqual({ chat: 'c' });
    expect((await slow.next()).value?.target).toEqual({ chat: 'd' });
    expect((await fast.next()).value?.target).toEqual({ chat: 'a' });
  });

  test('keeps 256 events for a reader where nobody says how many', async () => {
    const { typing, events } = people();
    const reader = typing.inbound()[Symbol.asyncIterator]();
    for (let count = 0; count < 256; count += 1) typing.receive(typed(`${count}`, 'started'));
    expect(events).toEqual([]);
    typing.receive(typed('one more', 'started'));
    expect(events).toHaveLength(1);
    expect((await reader.next()).value?.target).toEqual({ chat: '1' });
  });

  test('warns once for each slow reader where nobody observes', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    try {
      const { typing } = people({ onEvent: undefined });
      typing.inbound('chat', { capacity: 1 })[Symbol.asyncIterator]();
      for (const chat of ['a', 'b', 'c']) typing.receive(typed(chat, 'started'));
      expect(warn.mock.calls).toEqual([
        ['[chat/fake] a reader of typing.inbound() is too slow and has lost an event'],
      ]);
    } finally {
      warn.mockRestore();
    }
  });

  test('ends when its signal is aborted, and lets go of that', async () => {
    const { typing } = people();
    const controller = new AbortController();
    const reader = typing.inbound('chat', { signal: controller.signal })[Symbol.asyncIterator]();
    typing.receive(typed('alice', 'started'));
    await reader.next();
    const waiting = reader.next();
    controller.abort();
    await expect(waiting).resolves.toEqual({ done: true, value: undefined });
    await expect(reader.next()).resolves.toMatchObject({ done: true });
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    expect(await collect(typing.inbound('chat', { signal: controller.signal }))).toEqual([]);
  });

  test('drops what is not yet read when it is aborted', async () => {
    const { typing } = people();
    const controller = new AbortController();
    const reader = typing.inbound('chat', { signal: controller.signal })[Symbol.asyncIterator]();
    typing.receive(typed('alice', 'started'));
    controller.abort();
    await expect(reader.next()).resolves.toMatchObject({ done: true });
  });

  test.for(['return', 'close'])('lets go of its signal and of what waits on %s', async (how) => {
    const { typing, events } = people();
    const { signal } = new AbortController();
    const reader = typing.inbound('chat', { signal, capacity: 1 })[Symbol.asyncIterator]();
    const waiting = [reader.next(), reader.next()];
    if (how === 'return') await reader.return?.();
    else await typing.close();
    await expect(Promise.all(waiting)).resolves.toMatchObject([{ done: true }, { done: true }]);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    // Were it still there, its buffer would be too small for these.
    for (const chat of ['a', 'b', 'c']) typing.receive(typed(chat, 'started'));
    expect(events).toEqual([]);
    await expect(reader.next()).resolves.toMatchObject({ done: true });
  });

  test('is over for whoever begins to read after close', async () => {
    const { typing } = people();
    const events = typing.inbound();
    await typing.close();
    await expect(collect(events)).resolves.toEqual([]);
  });

  test('is left by a loop that breaks', async () => {
    const { typing, events, clock } = people();
    const reading = (async () => {
      for await (const { target } of typing.inbound('chat', { capacity: 1 })) return target;
      return undefined;
    })();
    typing.receive(typed('alice', 'started'));
    await expect(reading).resolves.toEqual({ chat: 'alice' });
    for (const chat of ['a', 'b', 'c']) typing.receive(typed(chat, 'started'));
    await clock.advance(0);
    expect(events).toEqual([]);
  });

  test('answers those who wait in turn', async () => {
    const { typing } = people();
    const reader = typing.inbound()[Symbol.asyncIterator]();
    const waiting = [reader.next(), reader.next()];
    for (const chat of ['a', 'b']) typing.receive(typed(chat, 'started'));
    const results = await Promise.all(waiting);
    expect(results.map(({ value }) => value?.target)).toEqual([{ chat: 'a' }, { chat: 'b' }]);
  });

  test.for([0, -1, 1.5, NaN, Infinity])('refuses a capacity of %d', (capacity) => {
    const { typing } = people();
    expect(() => typing.inbound('chat', { capacity })).toThrow(/capacity must be a whole number/);
  });
});

describe('onInbound', () => {
  test('calls until it is told to end', () => {
    const { typing } = people();
    const words: string[] = [];
    const end = typing.onInbound(({ state }) => words.push(state), { channel: 'chat' });
    typing.receive(typed('alice', 'started'));
    typing.receive({ ...typed('alice', 'started'), channel: 'room' });
    end();
    end();
    typing.receive(typed('alice', 'stopped'));
    expect(words).toEqual(['started']);
  });

  test('ends with its signal, and leaves no listener on it however it ends', async () => {
    const { typing } = people();
    const listener = vi.fn();
    const controller = new AbortController();
    const { signal } = controller;
    typing.onInbound(listener, { signal });
    typing.onInbound(listener, { signal })();
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    controller.abort();
    typing.onInbound(listener, { signal });
    typing.receive(typed('alice', 'started'));
    expect(listener).not.toHaveBeenCalled();
    const { signal: another } = new AbortController();
    typing.onInbound(listener, { signal: another });
    await typing.close();
    expect(getEventListeners(another, 'abort')).toHaveLength(0);
  });

  test('survives a listener that throws or rejects, and so do the others', async () => {
    const { typing, clock } = people();
    typing.onInbound(() => {
      throw new Error('mine');
    });
    typing.onInbound(() => Promise.reject(new Error('mine, too')));
    const words = heard(typing);
    typing.receive(typed('alice', 'started'));
    await clock.advance(61_000);
    expect(words).toEqual(['alice started', 'alice expired']);
  });

  test.for([undefined, 'listener', {}])('refuses %j, which nobody could call', (listener) => {
    const { typing } = people();
    expect(() => typing.onInbound(listener as unknown as () => void)).toThrow(
      expect.objectContaining({ code: 'misconfigured', message: 'listener must be a function' }),
    );
  });

  test('leaves nothing behind where its signal is none', async () => {
    const { typing } = people();
    const listener = vi.fn();
    const signal = {} as AbortSignal;
    expect(() => typing.onInbound(listener, { signal })).toThrow('signal must be an AbortSignal');
    typing.receive(typed('alice', 'started'));
    expect(listener).not.toHaveBeenCalled();
    await expect(typing.close()).resolves.toBeUndefined();
  });

  test('tells nothing of the present event to whoever comes because of it', () => {
    const { typing } = people();
    const listener = vi.fn(() => void typing.onInbound(listener));
    typing.onInbound(listener);
    typing.receive(typed('alice', 'started'));
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

describe('a channel whose provider does not report who is typing', () => {
  test('refuses a reader and a listener, with what to do', () => {
    const { typing } = people();
    const refusal = expect.objectContaining({
      code: 'unsupported',
      channel: 'mute',
      message: expect.stringMatching(
        /^\[mute\/silent\] silent does not report who is typing\. .*inbound: true/,
      ),
    });
    expect(() => typing.inbound('mute')).toThrow(refusal);
    expect(() => typing.onInbound(() => {}, { channel: 'mute' })).toThrow(refusal);
  });

  test('has nobody who types', () => {
    expect(people().typing.isPeerTyping('mute', { chat: 'alice' })).toBe(false);
  });
});

test('isPeerTyping asks nobody', () => {
  const { typing, provider } = people();
  typing.receive(typed('alice', 'started'));
  expect(typing.isPeerTyping('chat', { chat: 'alice' })).toBe(true);
  expect(typing.isPeerTyping('chat', { chat: 'bob' })).toBe(false);
  expect(provider.calls).toEqual([]);
});

test('a wrong channel is an error for each of them, and so is every channel after close', async () => {
  const { typing } = people();
  const wrong = 'chatt' as 'chat';
  const calls = (channel: 'chat'): (() => unknown)[] => [
    () => typing.inbound(channel),
    () => typing.onInbound(() => {}, { channel }),
  ];
  for (const call of [...calls(wrong), () => typing.isPeerTyping(wrong, { chat: 'a' })]) {
    expect(call).toThrow(expect.objectContaining({ code: 'unknown-channel' }));
  }
  await typing.close();
  for (const call of [...calls('chat'), () => typing.inbound(), () => typing.onInbound(() => {})]) {
    expect(call).toThrow(expect.objectContaining({ code: 'stopped' }));
  }
});
