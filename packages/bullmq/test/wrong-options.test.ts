import { inspect } from 'node:util';
import { fakeProvider } from '@typingkit/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { redisSeenEvents, remoteTyping, sharedTyping } from '../src/index.ts';

// Nobody listens there: what is wrong is said before anybody is asked.
const redis = 'redis://127.0.0.1:9';
const chat = fakeProvider<{ readonly id: string }>();
const channels = { chat };
const secret = 'hunter2';

/** What JavaScript may pass. */
const loose = { redisSeenEvents, remoteTyping, sharedTyping } as unknown as Record<
  'redisSeenEvents' | 'remoteTyping' | 'sharedTyping',
  (options: unknown) => { close(): Promise<void> }
>;

describe('an option that is wrong is misconfigured, and opens nothing', () => {
  test.for<[what: string, options: unknown, says: RegExp]>([
    ['no options', undefined, /channels is required|options (is required|must be an object)/],
    ['null', null, /channels is required|options (is required|must be an object)/],
    ['an unknown option', { redis, channels, leasMs: 900 }, /leasMs/],
    ['no channels', { redis, channels: null }, /channels must be an object/],
    ['a list of channels', { redis, channels: [chat] }, /channels must be an object/],
    ['a channel that is none', { redis, channels: { chat: 5 } }, /"chat" must be a provider/],
    ['no redis', { channels }, /redis must be a URL/],
    ['a client', { redis: { sendCommand() {} }, channels }, /redis must be a URL/],
    [
      'an invalid port',
      { redis: `redis://u:${secret}@host:port`, channels },
      /redis must be a URL/,
    ],
    ['an invalid host', { redis: `redis://u:${secret}@[::1`, channels }, /redis must be a URL/],
    ['another protocol', { redis: `https://u:${secret}@host`, channels }, /redis must be a URL/],
    ['a keyPrefix', { redis: { port: 9, keyPrefix: 'a:' }, channels }, /no keyPrefix/],
    ['no nodes', { redis: { nodes: [] }, channels }, /at least one node/],
    ['nodes that are none', { redis: { nodes: 'host' }, channels }, /at least one node/],
    ['a lease of Infinity', { redis, channels, leaseMs: Infinity }, /leaseMs must be/],
    ['a lease of NaN', { redis, channels, leaseMs: Number.NaN }, /leaseMs must be/],
    ['a negative lease', { redis, channels, leaseMs: -1 }, /leaseMs must be/],
    ['a lease of null', { redis, channels, leaseMs: null }, /leaseMs must be/],
    ['a prefix of null', { redis, channels, prefix: null }, /prefix must be/],
    ['a prefix with a hash tag', { redis, channels, prefix: '{a}' }, /prefix must be/],
    ['an observer that is none', { redis, channels, onRedis: 'log' }, /onRedis must be/],
  ])('%s', ([, options, says]) => {
    for (const make of [loose.sharedTyping, loose.remoteTyping]) {
      const error = errorOf(() => make(options));
      expect(error).toMatchObject({ code: 'misconfigured', message: expect.stringMatching(says) });
      expect(inspect(error)).not.toContain(secret);
    }
  });

  test('of redisSeenEvents, too', () => {
    for (const options of [
      null,
      {},
      { redis: `redis://u:${secret}@host:port` },
      { redis, scope: '' },
    ]) {
      const error = errorOf(() => loose.redisSeenEvents(options));
      expect(error).toMatchObject({ code: 'misconfigured' });
      expect(inspect(error)).not.toContain(secret);
    }
  });
});

describe('a process without keys refuses what is wrong before anybody is asked', () => {
  const typing = remoteTyping({ redis, channels, onRedis: () => {} });
  afterAll(() => typing.close());
  const alice = { id: 'alice' };
  const verbs = typing as unknown as Record<string, (...given: unknown[]) => unknown>;

  test.for<[verb: string, given: unknown]>([
    ['send', null],
    ['send', { timoutMs: 5 }],
    ['send', { timeoutMs: Number.NaN }],
    ['send', { timeoutMs: -1 }],
    ['send', { timeoutMs: Infinity }],
    ['send', { signal: AbortSignal.abort() }],
    ['send', { status: 5 }],
    ['keep', null],
    ['keep', { idleTimeoutMs: Number.NaN }],
    ['keep', { idleTimeoutMs: 0 }],
    ['keep', { maxDurationMs: Infinity }],
    ['keep', { delayMs: 5 }],
    ['rateLimited', null],
    ['rateLimited', { retryAfterMs: Number.NaN }],
    ['rateLimited', { retryAfterMs: -1 }],
    ['rateLimited', { retryAfter: 5 }],
  ])('%s with %j', async ([verb, given]) => {
    const call = async (): Promise<unknown> => verbs[verb]?.('chat', alice, given);
    await expect(call()).rejects.toMatchObject({ code: 'misconfigured' });
  });

  test.for<[what: string, work: unknown]>([
    ['a number', 5],
    ['null', null],
    ['nothing', undefined],
  ])('work that is %s', async ([, work]) => {
    await expect(verbs['with']?.('chat', alice, work)).rejects.toMatchObject({
      code: 'misconfigured',
    });
  });

  test.for<[what: string, event: unknown, code: string]>([
    ['null', null, 'misconfigured'],
    ['a text', 'started', 'misconfigured'],
    ['of no channel', {}, 'unknown-channel'],
    ['of a channel that is not here', { channel: 'fax' }, 'unknown-channel'],
  ])('an event that is %s', ([, event, code]) => {
    expect(errorOf(() => verbs['receive']?.(event))).toMatchObject({ code });
  });

  test.for<[what: string, id: unknown]>([
    ['nothing', undefined],
    ['a symbol', Symbol('id')],
    ['an object', { toString: () => 'id' }],
    ['a UUID, as sessions of one process have it', 'f47ac10b-58cc-4372-a567-0e02b2c3d479'],
    ['very long', 'a'.repeat(1_000_000)],
    ['nearly one', `${'a'.repeat(11)}.${'a'.repeat(22)}.${'a'.repeat(16)}\n`],
  ])('is no id of a session: %s', ([, id]) => {
    expect(verbs['session']?.(id)).toBeUndefined();
  });

  test('and prints nothing of Redis or of targets', () => {
    const url = `redis://user:${secret}@127.0.0.1:9`;
    const hidden = remoteTyping({ redis: url, channels, onRedis: () => {} });
    const session = hidden.keep('chat', { id: 'secret-recipient' });
    const printed = [hidden, session, hidden.session(session.id)]
      .map((each) => `${inspect(each, { depth: 9, showHidden: true })} ${JSON.stringify(each)}`)
      .join(' ');
    expect(printed).not.toMatch(/hunter2|secret-recipient/);
    void hidden.close();
  });
});

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
