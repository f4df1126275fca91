import { parseOptions } from '@typingkit/core';
import { anything, strictObject, string, withDefault } from '@typingkit/core/schema';
import type { SeenEvents } from '@typingkit/core/webhook';
import { Keys } from './keys.ts';
import { openRedis, checkRedis, type RedisSource } from './redis/redis-source.ts';

/** What {@link redisSeenEvents} needs to know. */
export interface RedisSeenEventsOptions {
  /** Where Redis is. */
  readonly redis: RedisSource;
  /** Keeps the events of several webhooks apart. Default: `webhook`. */
  readonly scope?: string | undefined;
  /** What all keys in Redis begin with. Default: `typingkit`. */
  readonly prefix?: string | undefined;
}

/** {@link SeenEvents} in Redis, with a connection that has to be closed. */
export interface RedisSeenEvents extends SeenEvents, AsyncDisposable {
  claim(eventId: string, expiresInMs: number): Promise<boolean>;
  release(eventId: string): Promise<void>;
  close(): Promise<void>;
}

const Options = strictObject({
  redis: anything(),
  scope: withDefault(
    string(/^[\w.-]{1,64}$/, 'must be up to 64 letters, digits, - and .'),
    'webhook',
  ),
  prefix: withDefault(
    string(/^[\w:.-]{1,64}$/, 'must be up to 64 letters, digits, -, : and .'),
    'typingkit',
  ),
});

/**
 * Remembers in Redis which events of a webhook were taken, so that each is handled once by all processes together. Of an
 * event nothing stands there but a hash of its id, until the vendor does not send it again.
 *
 * While Redis is away a claim rejects: the webhook answers 500, and the vendor sends the event again.
 *
 * @throws TypingError `misconfigured`.
 */
export function redisSeenEvents(options: RedisSeenEventsOptions): RedisSeenEvents {
  const { prefix, redis, scope } = parseOptions('redisSeenEvents', Options, options);
  checkRedis(redis);
  const keys = new Keys(prefix);
  const client = openRedis(redis, 'commands');
  const connected = new Promise<void>((resolve) => {
    client.once('ready', resolve);
    client.once('close', resolve);
  });
  const close = async (): Promise<void> => client.disconnect();
  return {
    async claim(eventId, expiresInMs) {
      await connected;
      const ms = Math.max(1, Math.ceil(expiresInMs));
      return (await client.set(keys.seen(scope, eventId), '1', 'PX', ms, 'NX')) === 'OK';
    },
    async release(eventId) {
      await client.del(keys.seen(scope, eventId));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
