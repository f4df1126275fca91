import { createTyping, type Gate, memoryGate, type TypingError } from '@typingkit/core';
import { fakeProvider } from '@typingkit/testing/fake';
import { describe, expect, test } from 'vitest';

const channels = { chat: fakeProvider<{ chat: string }>() };
const key = 'sk_live_51aAbB';

// A gate in JavaScript may answer anything.
const gateThat = (connect: () => unknown): Gate => ({ connect }) as Gate;

test.for<[name: string, connect: () => unknown]>([
  [
    'throws an error',
    () => {
      throw new Error(`cannot reach redis://:${key}@10.0.0.1`);
    },
  ],
  [
    'throws something else',
    () => {
      throw key;
    },
  ],
  ['returns nothing', () => undefined],
  ['returns null', () => null],
  ['returns a promise of a gate', () => Promise.resolve({})],
  ['returns a promise that rejects', () => Promise.reject(new Error(key))],
  ['returns half a gate', () => ({ admit: () => ({ verdict: 'go' }) })],
])('a gate whose connect %s is misconfigured, without a word of what it said', ([, connect]) => {
  let thrown: unknown;
  try {
    createTyping({ channels, gate: gateThat(connect) });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ name: 'TypingError', code: 'misconfigured' });
  const { message } = thrown as TypingError;
  expect(message).toContain('gate.connect()');
  expect(message).not.toContain(key);
});

describe('a gate that names sessions', () => {
  const naming = (nameSession: () => unknown): Gate => ({
    connect: (engine) =>
      // A gate in JavaScript may name them as it likes.
      Object.assign(memoryGate().connect(engine), { nameSession }) as ReturnType<Gate['connect']>,
  });

  test.for<[name: string, named: unknown]>([
    ['all alike', 'same'],
    ['with no text', ''],
    ['with a number', 7],
    ['not at all', undefined],
  ])('%s lets each be found by an id of its own', async ([, named]) => {
    const typing = createTyping({ channels, gate: naming(() => named) });
    const sessions = ['a', 'b', 'c'].map((chat) => typing.keep('chat', { chat }));
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(3);
    for (const session of sessions) expect(typing.session(session.id)).toBe(session);
    await typing.close();
  });

  test('may give a name again when its session has ended', async () => {
    const typing = createTyping({ channels, gate: naming(() => 'same') });
    const first = typing.keep('chat', { chat: 'a' });
    expect(first.id).toBe('same');
    await first.stop();
    expect(typing.keep('chat', { chat: 'a' }).id).toBe('same');
    await typing.close();
  });
});
