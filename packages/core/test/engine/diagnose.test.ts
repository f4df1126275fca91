import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import {
  createTyping,
  type DiagnosisReason,
  diagnosisOf,
  type Typing,
  TypingError,
  type TypingErrorCode,
  type TypingProvider,
} from '@typingkit/core';
import { fakeProvider } from '@typingkit/testing';
import { describe, expect, test, vi } from 'vitest';
import { type ChatTarget, virtualTyping, type VirtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };
const bob = { chat: 'bob' };

const group: DiagnosisReason = {
  code: 'group',
  effect: 'hides',
  message: 'the chat is a group',
  advice: 'Leave it out.',
};
const unknownService: DiagnosisReason = {
  code: 'service-unknown',
  effect: 'may-hide',
  message: 'the vendor does not say',
  advice: 'Ask the recipient.',
};

function diagnosable(options: Parameters<typeof virtualTyping>[1] = {}): VirtualTyping {
  return virtualTyping({}, options, { diagnosis: diagnosisOf([]) });
}

describe('diagnose', () => {
  test('gives what the vendor says of the target, and of whom it is', async () => {
    const { typing, provider } = diagnosable();
    await expect(typing.diagnose('chat', alice)).resolves.toEqual({
      channel: 'chat',
      provider: 'fake',
      willShow: 'yes',
      reasons: [],
    });
    provider.diagnoseNext(diagnosisOf([unknownService, group], 'trace-1'));
    await expect(typing.diagnose('chat', bob)).resolves.toEqual({
      channel: 'chat',
      provider: 'fake',
      willShow: 'no',
      reasons: [group, unknownService],
      traceId: 'trace-1',
    });
    expect(provider.calls.map(({ operation, target }) => [operation, target])).toEqual([
      ['diagnose', alice],
      ['diagnose', bob],
    ]);
  });

  test('says what must be true where the vendor cannot be asked', async () => {
    const { typing, provider } = virtualTyping({ requires: ['a blue chat', 'a message today'] });
    const diagnosis = await typing.diagnose('chat', alice);
    expect(diagnosis).toMatchObject({
      willShow: 'unknown',
      reasons: [{ code: 'unverified', effect: 'may-hide' }],
    });
    expect(diagnosis.reasons[0]?.message).toBe(
      'fake offers no way to find out. It needs: a blue chat; a message today',
    );
    expect(provider.calls).toEqual([]);
  });

  test('takes a target that is none for a reason', async () => {
    const chat = fakeProvider<ChatTarget>({
      diagnosis: diagnosisOf([]),
      parseTarget() {
        throw new TypingError({
          code: 'invalid-target',
          reason: 'chat is required',
          advice: 'Look it up.',
        });
      },
    });
    const typing = createTyping({ channels: { chat } });
    await expect(typing.diagnose('chat', alice)).resolves.toEqual({
      channel: 'chat',
      provider: 'fake',
      willShow: 'no',
      reasons: [
        {
          code: 'invalid-target',
          effect: 'hides',
          message: 'chat is required',
          advice: 'Look it up.',
        },
      ],
    });
    expect(chat.calls).toEqual([]);
  });

  test('takes a provider that cannot be made for a reason', async () => {
    const typing = createTyping({
      channels: {
        chat(): TypingProvider<ChatTarget> {
          throw new TypingError({
            code: 'misconfigured',
            provider: 'linq',
            reason: 'apiKey is required',
          });
        },
        room(): TypingProvider<ChatTarget> {
          throw new Error('with a secret');
        },
      },
    });
    await expect(typing.diagnose('chat', alice)).resolves.toMatchObject({
      provider: 'linq',
      willShow: 'no',
      reasons: [{ code: 'misconfigured', message: 'apiKey is required' }],
    });
    const other = await typing.diagnose('room', alice);
    expect(other).toMatchObject({ provider: 'none', reasons: [{ code: 'misconfigured' }] });
    expect(inspect(other)).not.toContain('secret');
  });

  const verdicts: readonly [TypingErrorCode, 'no' | 'unknown'][] = [
    ['misconfigured', 'no'],
    ['unauthenticated', 'no'],
    ['forbidden', 'no'],
    ['not-found', 'no'],
    ['unsupported', 'no'],
    ['rejected', 'no'],
    ['rate-limited', 'unknown'],
    ['unavailable', 'unknown'],
    ['network', 'unknown'],
    ['timeout', 'unknown'],
    ['bad-response', 'unknown'],
  ];
  test.for(verdicts)('takes %s for %s, with the words of the error', async ([code, willShow]) => {
    const { typing, provider } = diagnosable();
    const details = { status: 418, vendorCode: '2005', traceId: 'trace-1', reason: 'Teapot' };
    provider.failNext(code, { operation: 'diagnose', details });
    const diagnosis = await typing.diagnose('chat', alice);
    expect(diagnosis).toMatchObject({ channel: 'chat', willShow, traceId: 'trace-1' });
    expect(diagnosis.reasons).toEqual([
      {
        code,
        effect: willShow === 'no' ? 'hides' : 'may-hide',
        message: '418 Teapot (2005)',
        advice: expect.stringMatching(/\w[.?]$/),
      },
    ]);
    expect(JSON.parse(JSON.stringify(diagnosis))).toEqual(diagnosis);
  });

  test('gives up a vendor that does not answer in time', async () => {
    const { typing, provider, clock } = diagnosable();
    provider.hangNext({ operation: 'diagnose', ignoreSignal: true, times: 2 });
    const [usual, quick] = [
      typing.diagnose('chat', alice),
      typing.diagnose('chat', bob, { timeoutMs: 500 }),
    ];
    await clock.advance(500);
    await expect(quick).resolves.toMatchObject({
      willShow: 'unknown',
      reasons: [{ code: 'timeout', message: 'no answer within 500 ms' }],
    });
    await clock.advance(9_500);
    await expect(usual).resolves.toMatchObject({ reasons: [{ code: 'timeout' }] });
    expect(provider.diagnoses.every(({ options }) => options.signal?.aborted)).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  test('never shows anything, and spends nothing of the budget', async () => {
    const { typing, provider } = virtualTyping(
      { budget: { requests: 1, perMs: 60_000 } },
      {},
      { diagnosis: diagnosisOf([]) },
    );
    for (const target of [alice, bob]) await typing.diagnose('chat', target);
    await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
    expect(provider.starts).toHaveLength(1);
    expect(typing.sessions()).toEqual([]);
  });

  test('does not hurt typing by what it runs into', async () => {
    const { typing, provider, events } = diagnosable();
    for (const code of ['unauthenticated', 'rate-limited', 'network'] as const) {
      provider.failNext(code, { operation: 'diagnose', details: { retryAfterMs: 60_000 } });
      await typing.diagnose('chat', alice);
    }
    expect(events).toEqual([]);
    await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
  });
});

describe('what the engine adds to a diagnosis', () => {
  test('the off switch, without asking the vendor', async () => {
    const { typing, provider } = diagnosable({ enabled: () => false });
    const diagnosis = await typing.diagnose('chat', alice);
    expect(diagnosis).toMatchObject({ willShow: 'no', reasons: [{ code: 'disabled' }] });
    expect(diagnosis.reasons[0]?.message).toContain('`enabled`');
    expect(provider.calls).toEqual([]);
  });

  test('a suspended credential, and for how long, without asking the vendor', async () => {
    const { typing, provider, clock } = diagnosable();
    provider.failNext('unauthenticated');
    await typing.send('chat', alice).catch(() => {});
    await expect(typing.diagnose('chat', bob)).resolves.toMatchObject({
      willShow: 'no',
      reasons: [{ code: 'suspended', message: expect.stringContaining('for another 1 s') }],
    });
    expect(provider.diagnoses).toEqual([]);
    await clock.advance(1_000);
    await typing.diagnose('chat', bob);
    expect(provider.diagnoses).toHaveLength(1);
  });

  test("the vendor's own Retry-After, and for how long, without asking the vendor", async () => {
    const { typing, provider, clock } = diagnosable();
    provider.failNext('rate-limited', { details: { retryAfterMs: 30_000 } });
    await typing.send('chat', alice).catch(() => {});
    await clock.advance(5_500);
    await expect(typing.diagnose('chat', bob)).resolves.toMatchObject({
      willShow: 'no',
      reasons: [{ code: 'paused', message: expect.stringContaining('for another 25 s') }],
    });
    expect(provider.diagnoses).toEqual([]);
  });

  test('a spent budget, and for how long, beside what the vendor says', async () => {
    const { typing, provider, clock } = virtualTyping(
      { budget: { requests: 1, perMs: 60_000 } },
      {},
      { diagnosis: diagnosisOf([group]) },
    );
    await typing.send('chat', alice);
    await clock.advance(10_000);
    await expect(typing.diagnose('chat', bob)).resolves.toMatchObject({
      willShow: 'no',
      reasons: [{ code: 'paused', message: expect.stringContaining('for another 50 s') }, group],
    });
    expect(provider.diagnoses).toHaveLength(1);
  });

  test('an open circuit, beside what the vendor says', async () => {
    const { typing, provider, clock } = diagnosable();
    provider.failNext('unavailable', { times: 3 });
    typing.keep('chat', alice);
    await clock.advance(20_000);
    expect(provider.starts).toHaveLength(3);
    await expect(typing.diagnose('chat', alice)).resolves.toMatchObject({
      willShow: 'unknown',
      reasons: [{ code: 'paused', effect: 'may-hide', message: expect.stringContaining('30 s') }],
    });
    await expect(typing.diagnose('chat', bob)).resolves.toMatchObject({ willShow: 'yes' });
  });

  test('what it knows, also where the vendor cannot be asked', async () => {
    const { typing, provider } = virtualTyping(
      { budget: { requests: 1, perMs: 60_000 } },
      {},
      { diagnosis: diagnosisOf([]) },
    );
    await typing.send('chat', alice);
    provider.failNext('network', { operation: 'diagnose' });
    const { reasons } = await typing.diagnose('chat', alice);
    expect(reasons.map(({ code }) => code)).toEqual(['paused', 'network']);
  });
});

describe('diagnose rejects only', () => {
  const diagnose = (typing: Typing, options = {}): Promise<unknown> =>
    typing.diagnose('chat', alice, options);

  test('for a channel that there is not', async () => {
    const { typing } = diagnosable();
    await expect(typing.diagnose('chatt' as 'chat', alice)).rejects.toMatchObject({
      code: 'unknown-channel',
    });
  });

  test.for([0, -1, NaN, 2 ** 31])('for a timeoutMs of %d', async (timeoutMs) => {
    const { typing, provider } = diagnosable();
    await expect(diagnose(typing, { timeoutMs })).rejects.toMatchObject({ code: 'misconfigured' });
    expect(provider.calls).toEqual([]);
  });

  test("for the caller's own signal, with its reason", async () => {
    const { typing, provider, clock } = diagnosable();
    const reason = new TypingError({ code: 'timeout', reason: 'mine' });
    const signal = AbortSignal.abort(reason);
    const source = vi.fn(() => fakeProvider<ChatTarget>());
    const lazy = createTyping({ channels: { chat: source } });
    await expect(lazy.diagnose('chat', alice, { signal })).rejects.toBe(reason);
    expect(source).not.toHaveBeenCalled();
    await expect(diagnose(typing, { signal })).rejects.toBe(reason);
    expect(provider.calls).toEqual([]);
    for (const ignoreSignal of [true, false]) {
      provider.hangNext({ operation: 'diagnose', ignoreSignal });
      const controller = new AbortController();
      const diagnosed = diagnose(typing, { signal: controller.signal });
      controller.abort(reason);
      await expect(diagnosed).rejects.toBe(reason);
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    }
    expect(clock.pendingTimers).toBe(0);
  });

  test('for close, in flight and later', async () => {
    const { typing, provider, clock } = diagnosable();
    provider.hangNext({ operation: 'diagnose', ignoreSignal: true });
    const diagnosed = expect(diagnose(typing)).rejects.toMatchObject({
      code: 'stopped',
      channel: 'chat',
    });
    await typing.close();
    await diagnosed;
    await expect(diagnose(typing)).rejects.toMatchObject({ code: 'stopped' });
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a provider that breaks its contract', () => {
  const withDiagnose = (diagnose: () => unknown): Typing<{ readonly chat: ChatTarget }> => {
    // What a provider in JavaScript could do.
    const broken = { diagnose } as Pick<TypingProvider<ChatTarget>, 'diagnose'>;
    return createTyping({ channels: { chat: { ...fakeProvider<ChatTarget>(), ...broken } } });
  };

  test.for<[string, unknown]>([
    ['nothing', undefined],
    ['no reasons', { willShow: 'yes' }],
    ['a yes with a reason', { willShow: 'yes', reasons: [group] }],
    ['a no without one', { willShow: 'no', reasons: [] }],
    ['a reason of no effect', { willShow: 'no', reasons: [{ ...group, effect: 'dims' }] }],
  ])('and gives %s, is a doubt', async ([, answer]) => {
    await expect(
      withDiagnose(() => Promise.resolve(answer)).diagnose('chat', alice),
    ).resolves.toMatchObject({ willShow: 'unknown', reasons: [{ code: 'bad-response' }] });
  });

  test('and throws what holds a secret, is a doubt that does not tell it', async () => {
    for (const fail of [
      () => Promise.reject(new Error('key-5 was refused')),
      () => {
        throw new Error('key-5 was refused');
      },
    ]) {
      const diagnosis = await withDiagnose(fail).diagnose('chat', alice);
      expect(diagnosis).toMatchObject({ willShow: 'unknown', reasons: [{ code: 'bad-response' }] });
      expect(inspect(diagnosis, { depth: null })).not.toContain('key-5');
    }
  });
});
