import { createTyping } from '@typingkit/core';
import { fakeProvider } from '@typingkit/testing';
import { describe, expect, test } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };
const bob = { chat: 'bob' };

describe('stop', () => {
  test('clears, also what another process may have started', async () => {
    const { typing, provider } = virtualTyping();
    await expect(typing.stop('chat', alice)).resolves.toEqual({
      status: 'cleared',
      channel: 'chat',
      provider: 'fake',
    });
    expect(provider.stops).toHaveLength(1);
  });

  test('says how soon it is gone where the vendor has no stop', async () => {
    const { typing, provider, clock } = virtualTyping({ stop: 'expires' });
    const receipt = { status: 'expires', channel: 'chat', provider: 'fake' };
    await expect(typing.stop('chat', alice)).resolves.toEqual({ ...receipt, withinMs: 10_000 });
    await typing.send('chat', alice);
    await clock.advance(4_000);
    await expect(typing.stop('chat', alice)).resolves.toEqual({ ...receipt, withinMs: 6_000 });
    expect(provider.calls).toHaveLength(1);
  });

  test('asks for no stop where the vendor has none for this target, though it has one for others', async () => {
    const provider = fakeProvider<{ readonly chat: string }>({
      conversationKey: ({ chat }) => chat,
    });
    const { capabilities } = provider;
    const unlike: typeof provider = Object.assign(provider, {
      capabilitiesOf: ({ chat }: { readonly chat: string }) =>
        chat === 'bob' ? { ...capabilities, stop: 'expires' as const } : capabilities,
    });
    await using typing = createTyping({ channels: { chat: unlike } });
    await expect(typing.stop('chat', bob)).resolves.toMatchObject({ status: 'expires' });
    await using session = typing.keep('chat', bob);
    await session.opened;
    await session.stop();
    expect(provider.stops).toHaveLength(0);
    await expect(typing.stop('chat', alice)).resolves.toMatchObject({ status: 'cleared' });
  });

  test('lets the next send go out at once', async () => {
    const { typing, provider } = virtualTyping();
    await typing.send('chat', alice);
    await typing.stop('chat', alice);
    await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
    expect(provider.calls.map(({ operation }) => operation)).toEqual(['start', 'stop', 'start']);
  });

  test('goes out behind a start in flight, and aborts one that does not settle', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext({ ignoreSignal: true });
    const sent = expect(typing.send('chat', alice)).rejects.toMatchObject({
      code: 'stopped',
      channel: 'chat',
    });
    const stopped = typing.stop('chat', alice);
    await clock.advance(249);
    expect(provider.stops).toHaveLength(0);
    await clock.advance(1);
    await sent;
    await expect(stopped).resolves.toMatchObject({ status: 'cleared' });
    expect(provider.starts[0]?.options.signal?.aborted).toBe(true);
  });

  test('goes out in the order in which it was asked for', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext({ operation: 'stop' });
    const first = typing.stop('chat', alice);
    const send = typing.send('chat', alice).catch(({ code }: { code: string }) => code);
    const second = typing.stop('chat', alice);
    await clock.advance(0);
    provider.release();
    await Promise.all([first, second]);
    await expect(send).resolves.toBe('stopped');
    expect(provider.calls.map(({ operation }) => operation)).toEqual(['stop']);
  });

  test('tries once more on trouble, and rejects with what the vendor said', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.failNext('network', { operation: 'stop' });
    const stopped = typing.stop('chat', alice);
    await clock.advance(200);
    await expect(stopped).resolves.toMatchObject({ status: 'cleared' });
    provider.failNext('not-found', { operation: 'stop' });
    await expect(typing.stop('chat', bob)).rejects.toMatchObject({
      code: 'not-found',
      channel: 'chat',
      operation: 'stop',
    });
    expect(provider.stops).toHaveLength(3);
  });

  test("rejects with the caller's own reason, and goes out all the same", async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext({ ignoreSignal: true });
    const sent = expect(typing.send('chat', alice)).rejects.toMatchObject({ code: 'stopped' });
    const controller = new AbortController();
    const stopped = expect(typing.stop('chat', alice, { signal: controller.signal })).rejects.toBe(
      'enough',
    );
    await clock.advance(100);
    controller.abort('enough');
    await stopped;
    expect(provider.stops).toHaveLength(0);
    await clock.advance(150);
    await sent;
    expect(provider.stops).toHaveLength(1);
    await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
  });

  test('that hangs is given up after 10 s', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext({ operation: 'stop', ignoreSignal: true });
    const stopped = expect(typing.stop('chat', alice)).rejects.toMatchObject({ code: 'timeout' });
    await clock.advance(9_999);
    expect(provider.stops[0]?.options.signal?.aborted).toBe(false);
    await clock.advance(1);
    await stopped;
    expect(provider.stops[0]?.options.signal?.aborted).toBe(true);
  });

  test.for(['keep', 'send'] as const)(
    'that hangs keeps the next %s waiting for a second and a half, not longer',
    async (verb) => {
      const { typing, provider, clock, events } = virtualTyping();
      const session = typing.keep('chat', alice);
      await clock.advance(0);
      provider.hangNext({ operation: 'stop', ignoreSignal: true });
      await session.stop();
      await clock.advance(200);
      const next = typing[verb]('chat', alice);
      await clock.advance(1_250);
      expect(provider.starts).toHaveLength(1);
      await clock.advance(100);
      expect(provider.starts).toHaveLength(2);
      expect(provider.stops[0]?.options.signal?.aborted).toBe(true);
      expect(events.find(({ type }) => type === 'failed')).toMatchObject({ operation: 'stop' });
      await next;
    },
  );

  test('that waits for its second attempt keeps nobody waiting for longer either', async () => {
    const { typing, provider, clock } = virtualTyping();
    const session = typing.keep('chat', alice);
    await clock.advance(0);
    const details = { retryAfterMs: 8_000 };
    provider.failNext('rate-limited', { operation: 'stop', details });
    await session.stop();
    await clock.advance(100);
    typing.keep('chat', alice);
    await clock.advance(1_500);
    expect(provider.starts).toHaveLength(2);
    await clock.advance(20_000);
    expect(provider.stops).toHaveLength(1);
  });

  test('gives up a start in flight where the vendor has no stop', async () => {
    const { typing, provider } = virtualTyping({ stop: 'expires' });
    provider.hangNext();
    const sent = expect(typing.send('chat', alice)).rejects.toMatchObject({ code: 'stopped' });
    await expect(typing.stop('chat', alice)).resolves.toMatchObject({ withinMs: 10_000 });
    await sent;
    expect(provider.starts[0]?.options.signal?.aborted).toBe(true);
  });
});

describe('close', () => {
  test('clears every indicator that may be up, and closes the providers', async () => {
    const { typing, provider, clock } = virtualTyping();
    const session = typing.keep('chat', alice);
    await clock.advance(0);
    await typing.send('chat', bob);
    await typing.send('chat', { chat: 'carol' });
    typing.messageSent('chat', { chat: 'carol' });
    await typing.close();
    expect(provider.stops.map(({ target }) => target)).toEqual([alice, bob]);
    expect(provider.closed).toBe(true);
    await expect(session.closed).resolves.toBe('closed');
  });

  test('resolves within its deadline on a vendor that hangs', async () => {
    const { typing, provider, clock } = virtualTyping();
    for (let chat = 0; chat < 50; chat += 1) await typing.send('chat', { chat: `${chat}` });
    provider.hangNext({ operation: 'stop', times: 50, ignoreSignal: true });
    let isClosed = false;
    void typing.close({ deadlineMs: 500 }).then(() => (isClosed = true));
    await clock.advance(499);
    expect(isClosed).toBe(false);
    await clock.advance(1);
    expect(isClosed).toBe(true);
    expect(provider.stops.length).toBeLessThan(50);
  });

  test('starts nothing more, however long the stops take', async () => {
    const { typing, provider, clock } = virtualTyping();
    for (let chat = 0; chat < 100; chat += 1) typing.keep('chat', { chat: `${chat}` });
    await clock.advance(100);
    provider.hangNext({ operation: 'stop', times: 100 });
    const closed = typing.close({ deadlineMs: 60_000 });
    await clock.advance(30_000);
    expect(provider.starts).toHaveLength(100);
    await clock.advance(30_000);
    await closed;
  });

  test('rejects what is in flight and what comes later', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext();
    const inFlight = expect(typing.send('chat', alice)).rejects.toMatchObject({ code: 'stopped' });
    await clock.advance(0);
    const closed = typing.close();
    await inFlight;
    await closed;
    await expect(typing.send('chat', alice)).rejects.toMatchObject({ code: 'stopped' });
    await expect(typing.stop('chat', alice)).rejects.toMatchObject({ code: 'stopped' });
    expect(() => typing.keep('chat', alice)).toThrow(expect.objectContaining({ code: 'stopped' }));
    expect(() => typing.messageSent('chat', alice)).not.toThrow();
    expect(provider.calls.map(({ operation }) => operation)).toEqual(['start', 'stop']);
    await clock.advance(600_000);
    expect(clock.pendingTimers).toBe(0);
  });

  test('is the same promise the second time, and makes no provider', async () => {
    let made = 0;
    const typing = createTyping({
      channels: {
        chat: () => {
          made += 1;
          return fakeProvider();
        },
      },
    });
    expect(typing.close()).toBe(typing.close());
    await typing.close();
    expect(made).toBe(0);
  });

  test('happens at the end of an `await using` block', async () => {
    const provider = fakeProvider();
    {
      await using typing = createTyping({ channels: { chat: provider } });
      await typing.send('chat', alice);
    }
    expect(provider.stops).toHaveLength(1);
    expect(provider.closed).toBe(true);
  });
});

describe('channels', () => {
  test('are made when they are first used, and asked again after a failure', async () => {
    const provider = fakeProvider();
    let attempts = 0;
    const typing = createTyping({
      channels: {
        chat: () => {
          attempts += 1;
          if (attempts === 1) throw new Error('no key yet');
          return provider;
        },
      },
    });
    expect(attempts).toBe(0);
    await expect(typing.send('chat', alice)).rejects.toMatchObject({
      code: 'misconfigured',
      channel: 'chat',
      message: expect.not.stringContaining('no key yet'),
    });
    await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
    await typing.send('chat', bob);
    expect(attempts).toBe(2);
  });

  test('that are unknown name the nearest one and all there are', async () => {
    const { typing } = virtualTyping();
    // Not every caller has a compiler.
    const untyped: { send(channel: string, target: unknown): Promise<unknown> } = typing;
    await expect(untyped.send('chatt', alice)).rejects.toMatchObject({
      code: 'unknown-channel',
      message: 'there is no channel called "chatt". Did you mean "chat"? The channels are "chat".',
    });
    await expect(untyped.send('constructor', alice)).rejects.toMatchObject({
      code: 'unknown-channel',
      message: 'there is no channel called "constructor". The channels are "chat".',
    });
  });

  test('whose source is no provider are refused', async () => {
    // Not every caller has a compiler.
    const source = { name: 'fake' } as ReturnType<typeof fakeProvider>;
    await expect(
      createTyping({ channels: { chat: source } }).send('chat', alice),
    ).rejects.toMatchObject({ code: 'misconfigured', channel: 'chat' });
  });
});
