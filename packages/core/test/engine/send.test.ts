import { TypingError } from '@typingkit/core';
import { describe, expect, test } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };
const bob = { chat: 'bob' };

describe('send', () => {
  test('says that the vendor accepted, and for how long', async () => {
    const { typing, provider } = virtualTyping();
    provider.answerNext({ traceId: 't-1', vendor: { line: 7 } });
    await expect(typing.send('chat', alice)).resolves.toEqual({
      status: 'accepted',
      channel: 'chat',
      provider: 'fake',
      visibleForMs: 10_000,
      traceId: 't-1',
      vendor: { line: 7 },
    });
  });

  test('believes the vendor where its answer tells the lifetime', async () => {
    const { typing, provider } = virtualTyping();
    provider.answerNext({ visibleForMs: 45_000 });
    await expect(typing.send('chat', alice)).resolves.toMatchObject({ visibleForMs: 45_000 });
  });

  test('asks for a lifetime that the vendor allows', async () => {
    const ttl = { kind: 'caller', minMs: 5_000, maxMs: 60_000, stepMs: 5_000 } as const;
    const { typing, provider } = virtualTyping({ ttl });
    await expect(typing.send('chat', alice, { ttlMs: 12_000 })).resolves.toMatchObject({
      visibleForMs: 10_000,
    });
    await expect(typing.send('chat', bob)).resolves.toMatchObject({ visibleForMs: 60_000 });
    expect(provider.starts.map(({ options }) => options.ttlMs)).toEqual([10_000, 60_000]);
  });

  test('asks for the usual lifetime where nobody wishes for another', async () => {
    const ttl = { kind: 'caller', minMs: 1, maxMs: 300_000, defaultMs: 60_000 } as const;
    const { typing, provider } = virtualTyping({ ttl });
    await typing.send('chat', alice);
    await typing.send('chat', bob, { ttlMs: 120_000 });
    expect(provider.starts.map(({ options }) => options.ttlMs)).toEqual([60_000, 120_000]);
  });

  test('has no lifetime where the indicator stays until it is stopped', async () => {
    const { typing } = virtualTyping({ ttl: { kind: 'until-stopped' } });
    expect(await typing.send('chat', alice)).not.toHaveProperty('visibleForMs');
  });

  test('makes 21 requests for a thousand calls in a minute', async () => {
    const { typing, provider, clock } = virtualTyping();
    for (let call = 0; call < 1_000; call += 1) {
      await typing.send('chat', alice);
      await clock.advance(60);
    }
    expect(provider.starts.length).toBeLessThanOrEqual(21);
    expect(provider.starts.length).toBeGreaterThan(15);
  });

  test('coalesces by conversation', async () => {
    const { typing, provider, clock } = virtualTyping();
    await typing.send('chat', alice);
    await clock.advance(1_000);
    await expect(typing.send('chat', alice)).resolves.toEqual({
      status: 'coalesced',
      channel: 'chat',
      provider: 'fake',
      visibleForMs: 9_000,
    });
    await expect(typing.send('chat', bob)).resolves.toMatchObject({ status: 'accepted' });
    await clock.advance(2_000);
    await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
    expect(provider.starts).toHaveLength(3);
  });

  test('shares the start in flight, its receipt and its failure', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext();
    const both = [typing.send('chat', alice), typing.send('chat', alice)];
    await clock.advance(0);
    provider.release();
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([
      'accepted',
      'coalesced',
    ]);

    provider.failNext('forbidden');
    const refused = await Promise.allSettled([typing.send('chat', bob), typing.send('chat', bob)]);
    expect(refused.map((result) => result.status === 'rejected' && result.reason.code)).toEqual([
      'forbidden',
      'forbidden',
    ]);
    expect(provider.starts).toHaveLength(2);
  });

  test('goes out again after a message, however soon', async () => {
    const { typing, provider } = virtualTyping();
    await typing.send('chat', alice);
    typing.messageSent('chat', alice);
    await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
    expect(provider.starts).toHaveLength(2);
  });

  test('stays coalesced where a message does not clear the indicator', async () => {
    const { typing, provider } = virtualTyping({ clearsOnMessage: false });
    await typing.send('chat', alice);
    typing.messageSent('chat', alice);
    await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'coalesced' });
    expect(provider.starts).toHaveLength(1);
  });

  test('tries a second time, and no third time, where the connection failed', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.failNext('network');
    const sent = typing.send('chat', alice);
    await clock.advance(200);
    await expect(sent).resolves.toMatchObject({ status: 'accepted' });

    provider.failNext('network', { times: 3 });
    const failed = expect(typing.send('chat', bob)).rejects.toMatchObject({ code: 'network' });
    await clock.advance(5_000);
    await failed;
    expect(provider.starts).toHaveLength(4);
  });

  test.for([
    ['unavailable', { status: 502 }, 2],
    ['unavailable', { status: 503 }, 2],
    ['unavailable', { status: 504 }, 2],
    ['unavailable', { status: 500 }, 1],
    ['unavailable', { status: 503, retryAfterMs: 30_000 }, 1],
    ['rate-limited', { status: 429 }, 1],
    ['rate-limited', { status: 429, retryAfterMs: 2_000 }, 2],
    ['rate-limited', { status: 429, retryAfterMs: 20_000 }, 1],
    ['timeout', {}, 1],
    ['unauthenticated', { status: 401 }, 1],
    ['forbidden', { status: 403 }, 1],
    ['not-found', { status: 404 }, 1],
    ['rejected', { status: 400 }, 1],
    ['bad-response', { status: 200 }, 1],
  ] as const)('after %s %o makes %i requests in all', async ([code, details, requests]) => {
    const { typing, provider, clock } = virtualTyping();
    provider.failNext(code, { details, times: 2 });
    const failed = expect(typing.send('chat', alice)).rejects.toMatchObject({ code });
    await clock.advance(10_000);
    await failed;
    expect(provider.starts).toHaveLength(requests);
  });

  test('waits as long as the vendor says before the second attempt', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.failNext('rate-limited', { details: { status: 429, retryAfterMs: 2_000 } });
    const sent = typing.send('chat', alice);
    await clock.advance(1_999);
    expect(provider.starts).toHaveLength(1);
    await clock.advance(1);
    await expect(sent).resolves.toMatchObject({ status: 'accepted' });
  });

  test('gives up after timeoutMs, even on a provider that ignores its signal', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext({ ignoreSignal: true });
    const failed = expect(typing.send('chat', alice, { timeoutMs: 4_000 })).rejects.toMatchObject({
      code: 'timeout',
      channel: 'chat',
      provider: 'fake',
      operation: 'start',
    });
    await clock.advance(4_000);
    await failed;
    await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
  });

  test("rejects with the caller's own reason, before and during the call", async () => {
    const { typing, provider, clock } = virtualTyping();
    const reason = { my: 'reason' };
    await expect(typing.send('chat', alice, { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(provider.starts).toHaveLength(0);

    provider.hangNext();
    const controller = new AbortController();
    const aborted = expect(typing.send('chat', alice, { signal: controller.signal })).rejects.toBe(
      reason,
    );
    await clock.advance(0);
    controller.abort(reason);
    await aborted;
    expect(provider.starts[0]?.options.signal?.aborted).toBe(true);
  });

  test('one caller that aborts does not take the others along; the last one does', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext();
    const [first, second] = [new AbortController(), new AbortController()];
    const sends = [
      typing.send('chat', alice, { signal: first.signal }),
      typing.send('chat', alice, { signal: second.signal }),
    ];
    const settled = Promise.allSettled(sends);
    await clock.advance(0);
    first.abort();
    await clock.advance(0);
    expect(provider.starts[0]?.options.signal?.aborted).toBe(false);
    second.abort();
    await settled;
    expect(provider.starts[0]?.options.signal?.aborted).toBe(true);
  });

  test('attributes what the provider throws, and types what is no TypingError', async () => {
    const { typing, provider } = virtualTyping();
    provider.failNext('forbidden');
    await expect(typing.send('chat', alice)).rejects.toMatchObject({
      code: 'forbidden',
      channel: 'chat',
      message: expect.stringMatching(/^\[chat\/fake\]/),
    });
    const broken = { ...provider, start: () => Promise.reject(new Error('key sk_live')) };
    const { createTyping } = await import('@typingkit/core');
    const error: unknown = await createTyping({ channels: { chat: broken } })
      .send('chat', alice)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypingError);
    expect(JSON.stringify(error)).not.toContain('sk_live');
  });

  test('sends nothing where the off switch says no, or throws', async () => {
    const off = virtualTyping({}, { enabled: (_channel, target) => target !== alice });
    await expect(off.typing.send('chat', alice)).resolves.toMatchObject({ status: 'disabled' });
    await expect(off.typing.send('chat', bob)).resolves.toMatchObject({ status: 'accepted' });
    const broken = virtualTyping(
      {},
      {
        enabled: () => {
          throw new Error('down');
        },
      },
    );
    await expect(broken.typing.send('chat', alice)).resolves.toMatchObject({ status: 'disabled' });
    expect(broken.provider.calls).toHaveLength(0);
  });

  test.for([false, true])('sends nothing where the off switch answers later', async (answer) => {
    const rejecting = (): Promise<boolean> => Promise.reject(new Error('down'));
    for (const later of [async () => answer, rejecting]) {
      // Somebody without a compiler.
      const enabled = later as unknown as () => boolean;
      const { typing, provider } = virtualTyping({}, { enabled });
      await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'disabled' });
      expect(provider.calls).toHaveLength(0);
    }
  });

  test('does not ask again with a credential that was refused a moment ago', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.failNext('unauthenticated', { times: 2 });
    await expect(typing.send('chat', alice)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(typing.send('chat', bob)).rejects.toMatchObject({
      code: 'unauthenticated',
      retryAfterMs: 1_000,
    });
    expect(provider.starts).toHaveLength(1);
    await clock.advance(1_000);
    await expect(typing.send('chat', bob)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(provider.starts).toHaveLength(2);
    await clock.advance(2_000);
    await expect(typing.send('chat', bob)).resolves.toMatchObject({ status: 'accepted' });
    await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
  });

  test('never spends more than the budget of the credential', async () => {
    const { typing, provider, clock } = virtualTyping({ budget: { requests: 4, perMs: 60_000 } });
    const send = (chat: number) => typing.send('chat', { chat: `${chat}` });
    for (let chat = 0; chat < 4; chat += 1) await send(chat);
    await expect(send(4)).rejects.toMatchObject({ code: 'rate-limited', retryAfterMs: 60_000 });
    expect(provider.starts).toHaveLength(4);
    await clock.advance(60_000);
    await expect(send(4)).resolves.toMatchObject({ status: 'accepted' });
  });

  test.for([0, -1, NaN, Infinity, 2 ** 31])(
    'refuses timeoutMs %d before any request',
    async (timeoutMs) => {
      const { typing, provider } = virtualTyping();
      await expect(typing.send('chat', alice, { timeoutMs })).rejects.toMatchObject({
        code: 'misconfigured',
        message: expect.stringContaining('timeoutMs'),
      });
      expect(provider.calls).toHaveLength(0);
    },
  );

  test('leaves no timer and no listener behind', async () => {
    const { typing, clock } = virtualTyping();
    const { signal } = new AbortController();
    const added: unknown[] = [];
    const listening = new Set<unknown>();
    signal.addEventListener = (_type: string, listener: unknown) => {
      added.push(listener);
      listening.add(listener);
    };
    signal.removeEventListener = (_type: string, listener: unknown) =>
      void listening.delete(listener);
    await typing.send('chat', alice, { signal });
    expect(added.length).toBeGreaterThan(0);
    expect(listening.size).toBe(0);
    await clock.advance(10_000);
    expect(clock.pendingTimers).toBe(0);
  });
});
