import nock from 'nock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { answerLinq, chatId, freshKit, guardProcess, linqOrigin } from './fresh-kit.ts';

guardProcess();
beforeEach(() => {
  // What goes wrong in a session is said there where no `onEvent` is given.
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

const path = `/api/partner/v3/chats/${chatId}/typing`;
// The package is loaded anew in each test, which takes its time on a busy machine.
const patiently = { timeout: 4_000, interval: 5 };

/** Answers one stop of Linq's, and resolves when it has been asked for. */
function answerStop(key: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  nock(linqOrigin, { reqheaders: { authorization: `Bearer ${key}` } })
    .delete(path)
    .reply(() => {
      resolve();
      return [204];
    });
  return promise;
}

describe('keepTyping', () => {
  test('types over the default until its session is stopped', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { defaultTyping, keepTyping } = await freshKit();
    answerLinq('sk_linq');
    const stopped = answerStop('sk_linq');
    const session = keepTyping('imessage', { chatId });
    expect(defaultTyping().sessions()).toMatchObject([{ channel: 'imessage' }]);
    await vi.waitUntil(() => session.state === 'active', patiently);
    await session.stop();
    await stopped;
    await expect(session.closed).resolves.toBe('stopped');
  });

  test('passes its options on', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { keepTyping } = await freshKit();
    const session = keepTyping('imessage', { chatId }, { signal: AbortSignal.abort() });
    await expect(session.closed).resolves.toBe('aborted');
  });

  test('throws for a channel that there is not', async () => {
    const { keepTyping } = await freshKit();
    // What JavaScript may pass against the type.
    expect(() => keepTyping('imesage' as 'imessage', { chatId })).toThrow(
      expect.objectContaining({ code: 'unknown-channel' }),
    );
  });
});

describe('withTyping', () => {
  test('types while work runs, and gives back what it returns', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { withTyping } = await freshKit();
    answerLinq('sk_linq');
    const stopped = answerStop('sk_linq');
    const answer = withTyping('imessage', { chatId }, async (session) => {
      await vi.waitUntil(() => session.state === 'active', patiently);
      return 42;
    });
    await expect(answer).resolves.toBe(42);
    await stopped;
  });

  test('types while a stream is read, and passes it through', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { withTyping } = await freshKit();
    answerLinq('sk_linq');
    const stopped = answerStop('sk_linq');
    const started = vi.waitUntil(() => nock.pendingMocks().length === 1, patiently);
    const chunks: string[] = [];
    for await (const chunk of withTyping('imessage', { chatId }, words(started)))
      chunks.push(chunk);
    expect(chunks).toEqual(['one', 'two']);
    await stopped;
  });

  test('runs the work also where a key is missing or the target is wrong', async () => {
    const { withTyping } = await freshKit();
    await expect(withTyping('imessage', { chatId }, () => 'no key')).resolves.toBe('no key');
    await expect(withTyping('imessage', { chatId: '7' }, () => 'no id')).resolves.toBe('no id');
  });

  test('passes its options on', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { defaultTyping, withTyping } = await freshKit();
    const options = { signal: AbortSignal.abort() };
    const closed = withTyping('imessage', { chatId }, (session) => session.closed, options);
    await expect(closed).resolves.toBe('aborted');
    for await (const _ of withTyping('imessage', { chatId }, words(closed), options)) {
      expect(defaultTyping().sessions()).toEqual([]);
    }
  });

  test('sends nothing for work that is faster than delayMs', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { withTyping } = await freshKit();
    const options = { delayMs: 10_000 };
    await expect(withTyping('imessage', { chatId }, () => 'fast', options)).resolves.toBe('fast');
    const stream = withTyping('imessage', { chatId }, words(Promise.resolve()), options);
    const chunks: string[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks).toEqual(['one', 'two']);
  });
});

async function* words(pause: Promise<unknown>): AsyncGenerator<string> {
  yield 'one';
  await pause;
  yield 'two';
}
