import type { TypingErrorCode, TypingEvent, TypingSession } from '@typingkit/core';
import { describe, expect, test } from 'vitest';
import { type VirtualTyping, virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };

/** What an observer does with each event that it hears. */
type Answer = (virtual: VirtualTyping, session: TypingSession, event: TypingEvent) => unknown;

const quietly = async (call: Promise<unknown>): Promise<void> => {
  await call.catch(() => {});
};

const answers: Readonly<Record<string, Answer>> = {
  'stops the conversation': ({ typing }) => quietly(typing.stop('chat', alice)),
  'sends once': ({ typing }) => quietly(typing.send('chat', alice)),
  'pauses and resumes the session': (_, session) => {
    session.pause();
    session.resume();
  },
  'opens a session and stops it': ({ typing }) => quietly(typing.keep('chat', alice).stop()),
  'says that a message was sent': ({ typing }) => typing.messageSent('chat', alice),
  'changes what the session says': (_, session, { type }) => {
    if (type !== 'not-shown') session.update({ status: `${Math.random()}` });
  },
  'stops, and sends when that is done': async ({ typing }) => {
    await quietly(typing.stop('chat', alice));
    await quietly(typing.send('chat', alice));
  },
  'stops the conversation later': async ({ typing }) => {
    await Promise.resolve();
    await quietly(typing.stop('chat', alice));
  },
  'stops what it has opened when it shows': async ({ typing }, _, { type }) => {
    if (type === 'cleared') typing.keep('chat', alice);
    if (type === 'started') for (const { id } of typing.sessions()) void typing.session(id)?.stop();
  },
};

const failing =
  (code: TypingErrorCode) =>
  ({ provider }: VirtualTyping): void => {
    provider.failNext(code, { times: 10_000 });
    provider.failNext(code, { operation: 'stop', times: 10_000 });
  };
const vendors = {
  'that takes everything': () => {},
  'that is down': failing('unavailable'),
  'that says too many requests': failing('rate-limited'),
  'that refuses for good': failing('forbidden'),
};

describe.for(Object.entries(answers))('an observer that, at every event, %s', ([, answer]) => {
  test.for(Object.entries(vendors))('makes few requests of a vendor %s', async ([, prepare]) => {
    const virtual = virtualTyping({ minIntervalMs: 0, status: true }, { onEvent: () => {} });
    const { typing, provider, clock } = virtual;
    prepare(virtual);
    const session = typing.keep('chat', alice);
    typing.observe((event) => answer(virtual, session, event));
    for (let turn = 0; turn < 500; turn += 1) await clock.advance(20);
    // In 10 seconds. What goes round as fast as the vendor answers makes at least one in each turn.
    expect(provider.calls.length).toBeLessThan(60);
    await typing.close();
  });
});

test('a conversation that was stopped a moment ago is cleared, without asking the vendor again', async () => {
  const { typing, provider, clock } = virtualTyping();
  await typing.send('chat', alice);
  const first = await typing.stop('chat', alice);
  expect(await typing.stop('chat', alice)).toEqual(first);
  expect(provider.stops).toHaveLength(1);
  await clock.advance(1_000);
  await typing.stop('chat', alice);
  expect(provider.stops).toHaveLength(2);
});

test('what has started since is stopped at once', async () => {
  const { typing, provider } = virtualTyping({ minIntervalMs: 0 });
  await typing.stop('chat', alice);
  await typing.send('chat', alice);
  await typing.stop('chat', alice);
  expect(provider.stops).toHaveLength(2);
});

test('a stop that failed a moment ago has failed', async () => {
  const { typing, provider, clock } = virtualTyping();
  provider.failNext('not-found', { operation: 'stop' });
  await expect(typing.stop('chat', alice)).rejects.toMatchObject({ code: 'not-found' });
  await expect(typing.stop('chat', alice)).rejects.toMatchObject({ code: 'not-found' });
  expect(provider.stops).toHaveLength(1);
  await clock.advance(1_000);
  await expect(typing.stop('chat', alice)).resolves.toMatchObject({ status: 'cleared' });
});

test('starts in quick succession wait, and further ones come a second apart', async () => {
  const { typing, provider, clock } = virtualTyping({ minIntervalMs: 0 });
  for (let turn = 0; turn < 6; turn += 1) {
    await typing.send('chat', alice);
    await typing.stop('chat', alice);
  }
  expect(provider.starts).toHaveLength(6);
  await expect(typing.send('chat', alice)).rejects.toMatchObject({
    code: 'rate-limited',
    retryAfterMs: 1_000,
  });
  await clock.advance(1_000);
  await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
});

test('a bot that sends many short messages types before each', async () => {
  const { typing, provider, clock } = virtualTyping({ minIntervalMs: 0 });
  for (let turn = 0; turn < 20; turn += 1) {
    await typing.send('chat', alice);
    await clock.advance(100);
    typing.messageSent('chat', alice);
  }
  expect(provider.starts).toHaveLength(20);
});
