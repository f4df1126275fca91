import { createTyping, type Typing, TypingError } from '@typingkit/core';
import { fakeProvider } from '@typingkit/testing/fake';
import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };

/** A `Typing` as somebody sees it who has no compiler. */
type Untyped = {
  readonly [Verb in Exclude<keyof Typing, symbol>]: (...given: unknown[]) => unknown;
};

/** What a verb does with options: each returns what it gives back, or throws. */
const verbs: Readonly<Record<string, (typing: Untyped, options: unknown) => unknown>> = {
  send: (typing, options) => typing.send('chat', alice, options),
  stop: (typing, options) => typing.stop('chat', alice, options),
  keep: (typing, options) => typing.keep('chat', alice, options),
  diagnose: (typing, options) => typing.diagnose('chat', alice, options),
  close: (typing, options) => typing.close(options),
  inbound: (typing, options) => typing.inbound('chat', options),
  onInbound: (typing, options) => typing.onInbound(() => {}, options),
  createTyping: (_, options) => createTyping(options as Parameters<typeof createTyping>[0]),
};

/** The options that are spans of time, and whose they are. */
const spans: readonly (readonly [verb: string, option: string])[] = [
  ['send', 'ttlMs'],
  ['send', 'timeoutMs'],
  ['stop', 'timeoutMs'],
  ['diagnose', 'timeoutMs'],
  ['keep', 'ttlMs'],
  ['keep', 'delayMs'],
  ['keep', 'idleTimeoutMs'],
  ['keep', 'maxDurationMs'],
  ['keep', 'refreshEveryMs'],
  ['keep', 'settleMs'],
  ['close', 'deadlineMs'],
];

const takesSignal = ['send', 'stop', 'keep', 'diagnose', 'inbound', 'onInbound'];

function untyped(): Untyped & { readonly calls: readonly unknown[] } {
  const { typing, provider } = virtualTyping();
  return Object.assign(typing as unknown as Untyped, { calls: provider.calls });
}

/** What a call fails with, at once or later. */
async function failureOf(call: () => unknown): Promise<TypingError> {
  try {
    await call();
  } catch (error) {
    if (TypingError.isInstance(error)) return error;
    throw new Error('it failed with something else', { cause: error });
  }
  throw new Error('it did not fail');
}

/** What the options belong to, in a message: those of `createTyping` have other ways in. */
function ownerOf(verb: string): string {
  return verb === 'createTyping' ? 'a Typing' : verb;
}

describe.for(Object.entries(verbs))('the options of %s', ([verb, call]) => {
  test.for([null, 7, 'fast', true, [], () => {}])('cannot be %o', async (options) => {
    const typing = untyped();
    const error = await failureOf(() => call(typing, options));
    expect(error).toMatchObject({ code: 'misconfigured' });
    expect(error.message).toContain(`the options of ${ownerOf(verb)} must be an object`);
    expect(typing.calls).toEqual([]);
    expect(typing.sessions()).toEqual([]);
  });

  test('have no name that nobody knows', async () => {
    const typing = untyped();
    const error = await failureOf(() => call(typing, { channels: {}, constructor: 1, speed: 2 }));
    expect(error).toMatchObject({ code: 'misconfigured' });
    expect(error.message).toMatch(
      new RegExp(`${ownerOf(verb)} has no option called "\\w+"\\. \\S`),
    );
    expect(typing.calls).toEqual([]);
    expect(typing.sessions()).toEqual([]);
  });

  test('whose getter throws are refused, and what it threw is not told', async () => {
    const typing = untyped();
    const name = verb === 'createTyping' ? 'channels' : verb === 'close' ? 'deadlineMs' : 'signal';
    const options = {
      get [name](): never {
        throw new Error('the-secret');
      },
    };
    const error = await failureOf(() => call(typing, options));
    expect(error.code).toBe('misconfigured');
    expect(JSON.stringify(error)).not.toContain('the-secret');
  });
});

test.for([
  ['keep', 'idleTimeout', 'idleTimeoutMs'],
  ['keep', 'maxDuration', 'maxDurationMs'],
  ['keep', 'Signal', 'signal'],
  ['keep', 'delay', 'delayMs'],
  ['send', 'timeout', 'timeoutMs'],
  ['send', 'timoutMs', 'timeoutMs'],
  ['close', 'deadline', 'deadlineMs'],
  ['createTyping', 'onEvents', 'onEvent'],
] as const)('%s names what %s was to be', async ([verb, wrong, right]) => {
  const error = await failureOf(() => verbs[verb]?.(untyped(), { [wrong]: 1 }));
  expect(error.advice).toBe(`Did you mean "${right}"?`);
});

describe.for(spans)('the span %s { %s }', ([verb, option]) => {
  test.for([Number.NaN, Infinity, -Infinity, -1, 2 ** 31, '5', null, {}, 5n])(
    'cannot be %o',
    async (value) => {
      const typing = untyped();
      const error = await failureOf(() => verbs[verb]?.(typing, { [option]: value }));
      expect(error).toMatchObject({ code: 'misconfigured' });
      expect(error.message).toContain(`${option} must be a number of milliseconds`);
      expect(typing.calls).toEqual([]);
      expect(typing.sessions()).toEqual([]);
    },
  );
});

describe.for(takesSignal)('the signal of %s', (verb) => {
  test.for([null, 5, 'abort', {}, { aborted: false }, () => {}])('cannot be %o', async (signal) => {
    const typing = untyped();
    const error = await failureOf(() => verbs[verb]?.(typing, { signal }));
    expect(error.message).toContain('signal must be an AbortSignal');
    expect(typing.calls).toEqual([]);
    expect(typing.sessions()).toEqual([]);
  });

  test('cannot be its controller, which the message says', async () => {
    const typing = untyped();
    const error = await failureOf(() => verbs[verb]?.(typing, { signal: new AbortController() }));
    expect(error.advice).toBe('Pass controller.signal, not the controller.');
    expect(typing.sessions()).toEqual([]);
  });

  test('is refused where reading it throws, and what it threw is not told', async () => {
    const signal = {
      get aborted(): never {
        throw new Error('the-secret');
      },
    };
    const error = await failureOf(() => verbs[verb]?.(untyped(), { signal }));
    expect(error).toMatchObject({
      code: 'misconfigured',
      reason: 'the option signal could not be read: its value threw',
    });
    expect(JSON.stringify(error)).not.toContain('the-secret');
  });

  test('can be of a library that knows neither throwIfAborted nor a reason', async () => {
    const call = async (signal: unknown): Promise<unknown> => verbs[verb]?.(untyped(), { signal });
    const signal = Object.assign(new EventTarget(), { aborted: false });
    await expect(call(signal)).resolves.not.toBeInstanceOf(Error);
    const isCall = verb === 'send' || verb === 'stop' || verb === 'diagnose';
    if (!isCall) return;
    const aborted = Object.assign(new EventTarget(), { aborted: true });
    await expect(call(aborted)).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('can be of another realm', async () => {
    const { signal } = new AbortController();
    const foreign = new EventTarget();
    const aborted = { aborted: { value: false }, throwIfAborted: { value: () => {} } };
    Object.defineProperties(foreign, aborted);
    for (const each of [signal, foreign]) {
      const call = async (): Promise<unknown> => verbs[verb]?.(untyped(), { signal: each });
      await expect(call()).resolves.not.toBeInstanceOf(Error);
    }
  });
});

test.for([
  ['enabled', 'must be a function'],
  ['onEvent', 'must be a function'],
  ['waitUntil', 'must be a function'],
  ['random', 'must be a function'],
  ['clock', 'must be an object with now() and setTimer()'],
  ['channels', 'must be an object'],
])('the option %s of createTyping %s', async ([option, message]) => {
  for (const value of [null, 5, 'x']) {
    const error = await failureOf(() =>
      verbs['createTyping']?.(untyped(), { [String(option)]: value }),
    );
    expect(error.message).toContain(`${option} ${message}`);
  }
});

test('createTyping cannot do without channels', async () => {
  for (const options of [undefined, {}]) {
    const error = await failureOf(() => verbs['createTyping']?.(untyped(), options));
    expect(error).toMatchObject({ code: 'misconfigured', reason: 'channels is required' });
  }
});

describe('close', () => {
  test.for([Infinity, Number.NaN, -1])(
    'refuses a deadline of %o before anything is closed, and clears when asked again',
    async (deadlineMs) => {
      const { typing, provider, clock } = virtualTyping();
      const session = typing.keep('chat', alice);
      await clock.advance(0);
      await expect(typing.close({ deadlineMs })).rejects.toMatchObject({ code: 'misconfigured' });
      expect(session.state).toBe('active');
      await typing.close();
      expect(session.state).toBe('closed');
      expect(provider.stops).toHaveLength(1);
    },
  );

  test('clears with a deadline of 0 as far as that goes', async () => {
    const { typing } = virtualTyping();
    const session = typing.keep('chat', alice);
    const closed = typing.close({ deadlineMs: 0 });
    expect(session.state).toBe('closed');
    await closed;
  });
});

describe('options are copied', () => {
  test('so that a session does not see what becomes of them', async () => {
    const { typing, provider, clock } = virtualTyping();
    const options = { idleTimeoutMs: 30_000, status: 'searching', signal: AbortSignal.abort() };
    const controller = new AbortController();
    options.signal = controller.signal;
    const session = typing.keep('chat', alice, options);
    Object.assign(options, { idleTimeoutMs: -1, status: 'changed', signal: 'none' });
    await clock.advance(0);
    expect(provider.starts[0]?.options.status).toBe('searching');
    await clock.advance(29_000);
    expect(session.state).toBe('active');
    controller.abort();
    await expect(session.closed).resolves.toBe('aborted');
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  test('so that createTyping does not see what becomes of them', async () => {
    const seen = vi.fn();
    const channels = { chat: fakeProvider() };
    const options = { channels, onEvent: seen };
    const typing = createTyping(options);
    Object.assign(options, { onEvent: 'none', channels: {} });
    Object.assign(channels, { chat: 'none' });
    await typing.send('chat', alice);
    expect(seen).toHaveBeenCalled();
  });
});

describe('with', () => {
  test('does its work whatever the options are, and says what is wrong with them', async () => {
    const { typing, events, provider } = virtualTyping();
    const { with: around } = typing as unknown as Untyped;
    const wrong = [null, 5, { speed: 1 }, { signal: new AbortController() }, { delayMs: '5' }];
    for (const options of [...wrong, ...wrong]) {
      await expect(around('chat', alice, () => 'value', options)).resolves.toBe('value');
      await expect(around('chat', alice, Promise.resolve('value'), options)).resolves.toBe('value');
    }
    expect(events.filter(({ type }) => type !== 'failed')).toEqual([]);
    expect(events).toHaveLength(4 * wrong.length);
    expect(provider.calls).toEqual([]);
    expect(typing.sessions()).toEqual([]);
  });

  test('warns once of the same mistake where nobody observes', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { typing } = virtualTyping({}, { onEvent: undefined });
    const { with: around } = typing as unknown as Untyped;
    for (let turn = 0; turn < 3; turn += 1) await around('chat', alice, () => 1, { speed: 1 });
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('no option called "speed"'));
    warn.mockRestore();
  });

  test.for([undefined, null, 5, 'work', true, {}, [], new Map()])(
    'refuses %o, which is no work, at once',
    (work) => {
      const { typing } = virtualTyping();
      const { with: around } = typing as unknown as Untyped;
      expect(() => around('chat', alice, work)).toThrow(
        expect.objectContaining({
          code: 'misconfigured',
          message: 'the work must be a function, a promise or a stream',
        }),
      );
      expect(typing.sessions()).toEqual([]);
    },
  );
});

test('a channel that is no string is an unknown channel', async () => {
  const hostile = {
    toString() {
      throw new Error('no');
    },
  };
  for (const channel of [undefined, null, 5, Symbol('chat'), hostile, {}]) {
    const error = await failureOf(() => untyped().send(channel, alice));
    expect(error).toMatchObject({
      code: 'unknown-channel',
      reason: 'the channel must be a string',
    });
  }
});
