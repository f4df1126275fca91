import { getEventListeners } from 'node:events';
import { createTyping, diagnosisOf, TypingError } from '@typingkit/core';
import { describe, expect, test } from 'vitest';
import type { ConformanceContext } from '../src/conformance-case.ts';
import { capabilitiesCases } from '../src/conformance-cases/capabilities-cases.ts';
import { contractCases } from '../src/conformance-cases/contract-cases.ts';
import { fakeProvider, virtualClock } from '../src/index.ts';

interface Chat {
  readonly chatId: string;
}

const chat = { chatId: 'c-1' };

describe('fakeProvider', () => {
  test('serves a channel of createTyping and remembers what it was asked for', async () => {
    const imessage = fakeProvider<Chat>();
    const typing = createTyping({ channels: { imessage } });
    const receipt = await typing.send('imessage', chat, { status: 'is thinking' });
    await typing.stop('imessage', chat);
    await typing.close();

    expect(receipt).toMatchObject({ status: 'accepted', provider: 'fake', visibleForMs: 10_000 });
    expect(imessage.calls.map(({ operation, target }) => [operation, target])).toEqual([
      ['start', chat],
      ['stop', chat],
    ]);
    expect(imessage.starts[0]?.options).toMatchObject({ status: 'is thinking' });
    expect(imessage.stops).toHaveLength(1);
    expect(imessage.closed).toBe(true);
  });

  test('fails as often as it is told, with the code and the details that it is told', async () => {
    const provider = fakeProvider<Chat>({ name: 'linq' });
    provider.failNext('rate-limited', { times: 2, details: { retryAfterMs: 30_000, status: 429 } });
    for (let time = 0; time < 2; time += 1) {
      await expect(provider.start(chat, {})).rejects.toMatchObject({
        name: 'TypingError',
        code: 'rate-limited',
        provider: 'linq',
        operation: 'start',
        retryable: true,
        retryAfterMs: 30_000,
        status: 429,
      });
    }
    await expect(provider.start(chat, {})).resolves.toEqual({});
    expect(provider.starts).toHaveLength(3);
  });

  test('keeps instructions for stops apart from those for starts', async () => {
    const provider = fakeProvider<Chat>();
    provider.failNext('not-found', { operation: 'stop' });
    await expect(provider.start(chat, {})).resolves.toEqual({});
    await expect(provider.stop?.(chat, {})).rejects.toMatchObject({ operation: 'stop' });
    await expect(provider.stop?.(chat, {})).resolves.toBeUndefined();
  });

  test('follows its instructions in the order in which they came', async () => {
    const provider = fakeProvider<Chat>();
    provider.answerNext({ visibleForMs: 4_000, traceId: 't-1' }, { times: 2 });
    provider.failNext('unavailable');
    await expect(provider.start(chat, {})).resolves.toEqual({
      visibleForMs: 4_000,
      traceId: 't-1',
    });
    await expect(provider.start(chat, {})).resolves.toMatchObject({ visibleForMs: 4_000 });
    await expect(provider.start(chat, {})).rejects.toBeInstanceOf(TypingError);
  });

  test('can be asked why nothing is seen, where it is given an answer', async () => {
    const reason = {
      code: 'group',
      effect: 'hides',
      message: 'it is a group',
      advice: 'Leave it.',
    } as const;
    expect('diagnose' in fakeProvider()).toBe(false);
    const provider = fakeProvider<Chat>({ diagnosis: diagnosisOf([reason]) });
    provider.diagnoseNext(diagnosisOf([]), { times: 2 });
    provider.failNext('network', { operation: 'diagnose' });
    const willShow = async (): Promise<unknown> => (await provider.diagnose?.(chat, {}))?.willShow;
    expect([await willShow(), await willShow()]).toEqual(['yes', 'yes']);
    await expect(willShow()).rejects.toMatchObject({ code: 'network', operation: 'diagnose' });
    expect(await willShow()).toBe('no');
    await provider.start(chat, {});
    expect(provider.diagnoses).toHaveLength(4);
    expect(provider.calls).toHaveLength(5);
    const gone = { signal: AbortSignal.abort(new Error('gone')) };
    await expect(provider.diagnose?.(chat, gone)).rejects.toBe(gone.signal.reason);
    expect(provider.diagnoses).toHaveLength(4);
  });

  test('hangs until it is released', async () => {
    const provider = fakeProvider<Chat>();
    provider.hangNext();
    let isSettled = false;
    const start = provider.start(chat, {}).then(() => {
      isSettled = true;
    });
    await virtualClock().advance(0);
    expect(isSettled).toBe(false);
    provider.release();
    await start;
    expect(isSettled).toBe(true);
  });

  test('leaves no listener on the signal of a call that hung', async () => {
    const provider = fakeProvider<Chat>();
    const { signal } = new AbortController();
    provider.hangNext();
    const start = provider.start(chat, { signal });
    await virtualClock().advance(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    provider.release();
    await start;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test("hangs until it is aborted, and rejects with the caller's own reason", async () => {
    const provider = fakeProvider<Chat>();
    const controller = new AbortController();
    const reason = new Error('the reply is out');
    provider.hangNext();
    const start = provider.start(chat, { signal: controller.signal });
    controller.abort(reason);
    await expect(start).rejects.toBe(reason);
  });

  test('can ignore its signal, as a vendor that never answers does', async () => {
    const provider = fakeProvider<Chat>();
    const controller = new AbortController();
    provider.hangNext({ ignoreSignal: true });
    let isSettled = false;
    const start = provider.start(chat, { signal: controller.signal }).finally(() => {
      isSettled = true;
    });
    controller.abort();
    await virtualClock().advance(0);
    expect(isSettled).toBe(false);
    provider.release();
    await start;
  });

  test('counts no call that was aborted beforehand', async () => {
    const provider = fakeProvider<Chat>();
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(provider.start(chat, { signal })).rejects.toBe(signal.reason);
    expect(provider.calls).toEqual([]);
  });

  test('forgets everything on reset, and lets go of what hangs', async () => {
    const provider = fakeProvider<Chat>();
    provider.hangNext();
    const start = provider.start(chat, {});
    provider.failNext('forbidden', { times: 3 });
    provider.failNext('forbidden', { times: 3, operation: 'stop' });
    await provider.close();
    provider.reset();
    await start;
    expect(provider.calls).toEqual([]);
    expect(provider.closed).toBe(false);
    await expect(provider.start(chat, {})).resolves.toEqual({});
    await expect(provider.stop?.(chat, {})).resolves.toBeUndefined();
  });

  test('has a stop if and only if its capabilities say so', () => {
    expect('stop' in fakeProvider()).toBe(true);
    expect('stop' in fakeProvider({ capabilities: { stop: 'expires' } })).toBe(false);
  });

  test('takes equal targets for one conversation, in whatever order they are written', () => {
    const provider = fakeProvider<{ a: number; b: { c: number; d?: number } }>();
    const key = provider.conversationKey({ a: 1, b: { c: 2, d: 3 } });
    expect(provider.conversationKey({ b: { d: 3, c: 2 }, a: 1 })).toBe(key);
    expect(provider.conversationKey({ a: 1, b: { c: 2 } })).not.toBe(key);
  });

  test('takes a parseTarget and a conversationKey of its own', () => {
    const provider = fakeProvider<Chat>({
      parseTarget: (input) => ({ chatId: String(input) }),
      conversationKey: ({ chatId }) => `chat ${chatId}`,
    });
    expect(provider.conversationKey(provider.parseTarget(7))).toBe('chat 7');
  });

  // The third is about a key, which a fake has not.
  const cases = [...contractCases.slice(0, 2), ...capabilitiesCases];
  test.for(cases.map((conformanceCase) => [conformanceCase.title, conformanceCase] as const))(
    'keeps the contract: it %s',
    async ([, conformanceCase]) => {
      for (const stop of ['explicit', 'expires'] as const) {
        const create = () => fakeProvider({ capabilities: { stop } });
        const facts = { target: chat, otherTarget: { chatId: 'c-2' }, stop };
        // Cases about data make no request: the rest of a context is not looked at.
        await expect(
          Promise.resolve(conformanceCase.run({ create, facts } as unknown as ConformanceContext)),
        ).resolves.toBeUndefined();
      }
    },
  );
});
