import { createTyping, type TypingProvider, type Typing } from '@typingkit/core';
import { fakeProvider } from '@typingkit/testing/fake';
import { expect, test, vi } from 'vitest';

const alice = { chat: 'alice' };

/** A `Typing` of one channel whose source the compiler would not take. */
function typingFrom(source: unknown): Typing<{ chat: unknown }> {
  const channels = { chat: source as () => TypingProvider };
  return createTyping({ channels, onEvent: () => {} });
}

test('a source that rejects later ends no process, and what it rejects with is told nobody', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const typing = typingFrom(async () => {
    throw new Error('the key sk-secret is wrong');
  });
  const failure: unknown = await typing.send('chat', alice).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'misconfigured',
    channel: 'chat',
    reason: 'the function that makes the provider of this channel returned a promise',
  });
  expect(JSON.stringify(failure)).not.toContain('sk-secret');
  await expect(typing.with('chat', alice, () => 'done')).resolves.toBe('done');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(unhandled).not.toHaveBeenCalled();
  process.off('unhandledRejection', unhandled);
});

test('a source that is a promise, or gives one, says that it must not', async () => {
  for (const source of [Promise.resolve(fakeProvider()), async () => fakeProvider()]) {
    await expect(typingFrom(source).send('chat', alice)).rejects.toMatchObject({
      code: 'misconfigured',
      advice: expect.stringContaining('Make it synchronous.'),
    });
  }
});

test('a source that asks for the channel that it is made for says so', async () => {
  const typing: Typing<{ chat: unknown }> = typingFrom(() => {
    typing.isPeerTyping('chat', alice);
    return fakeProvider();
  });
  await expect(typing.send('chat', alice)).rejects.toMatchObject({
    code: 'misconfigured',
    reason: 'the function that makes the provider of this channel calls itself',
  });
});

test('a source that calls itself until the stack is full says so', async () => {
  const source = (): TypingProvider => source();
  await expect(typingFrom(source).send('chat', alice)).rejects.toMatchObject({
    code: 'misconfigured',
    reason: 'the function that makes the provider of this channel calls itself',
  });
});

test.for([undefined, null, 5, 'key', {}, { specification: 2 }, () => undefined, () => ({})])(
  'a source that is or gives %o is refused when the channel is first used',
  async (source) => {
    const typing = typingFrom(source);
    await expect(typing.send('chat', alice)).rejects.toMatchObject({
      code: 'misconfigured',
      reason: 'the source of this channel is not a TypingProvider of specification 1',
    });
    expect(() => typing.keep('chat', alice)).toThrow('specification 1');
  },
);

test('a source that throws is asked again', async () => {
  const source = vi.fn(() => {
    if (source.mock.calls.length === 1) throw new Error('sk-secret');
    return fakeProvider();
  });
  const typing = typingFrom(source);
  const failure: unknown = await typing.send('chat', alice).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'misconfigured' });
  expect(String(failure)).not.toContain('sk-secret');
  await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
});
