import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

describe('sessions that share a signal', () => {
  test('put one listener on it, however many they are', () => {
    const { typing } = virtualTyping();
    const { signal } = new AbortController();
    for (let chat = 0; chat < 50; chat += 1) typing.keep('chat', { chat: `${chat}` }, { signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  });

  test('take it away with the last of them, and put it back with the next', async () => {
    const { typing, clock } = virtualTyping();
    const { signal } = new AbortController();
    const first = typing.keep('chat', { chat: 'alice' }, { signal });
    const last = typing.keep('chat', { chat: 'bob' }, { signal });
    void first.stop();
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    void last.stop();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    await clock.advance(0);
    typing.keep('chat', { chat: 'alice' }, { signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  });

  test('all end with it, but for those that ended before', async () => {
    const { typing } = virtualTyping();
    const controller = new AbortController();
    const { signal } = controller;
    const [early, ...others] = ['alice', 'bob', 'carol'].map((chat) =>
      typing.keep('chat', { chat }, { signal }),
    );
    const bystander = typing.keep(
      'chat',
      { chat: 'dave' },
      { signal: new AbortController().signal },
    );
    void early?.stop();
    controller.abort();
    await expect(early?.closed).resolves.toBe('stopped');
    for (const session of others) await expect(session.closed).resolves.toBe('aborted');
    expect(bystander.state).not.toBe('closed');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('all end with it, even where one that ends opens another', async () => {
    const { typing } = virtualTyping();
    const controller = new AbortController();
    const { signal } = controller;
    const session = typing.keep('chat', { chat: 'alice' }, { signal });
    const next = session.closed.then(() => typing.keep('chat', { chat: 'bob' }, { signal }));
    controller.abort();
    await expect((await next).closed).resolves.toBe('aborted');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

test('a refresh draws one random number, with which its own time is jittered', async () => {
  let drawn = 0;
  const random = (): number => {
    drawn += 1;
    return 0;
  };
  const { typing, provider, clock } = virtualTyping({}, { random });
  typing.keep('chat', { chat: 'alice' });
  await clock.advance(60_000);
  expect(provider.starts.length).toBeGreaterThan(3);
  expect(drawn).toBe(provider.starts.length);
});
