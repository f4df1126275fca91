import {
  type ChannelSources,
  createTyping,
  type InboundEvent,
  type KeepOptions,
  type StreamOptions,
  type TargetsOf,
  type Typing,
  TypingError,
  type TypingOptions,
  type TypingProvider,
  type TypingSession,
  type TypingWork,
} from '@typingkit/core';
import { Addresses } from './addresses.ts';
import { atMost } from './at-most.ts';
import { type AnywhereSession, distantSession, quietly } from './anywhere-session.ts';
import { RedisGate } from './gate/redis-gate.ts';
import type { Caps } from './gate/telling.ts';
import type { Hint } from './hints.ts';
import { addressOf } from './keys.ts';
import { House, type HouseOptions } from './house.ts';
import type { HandOver } from './reach.ts';
import type { SendJob } from './jobs.ts';
import { claim } from './scripts/claim.ts';
import { readWishes, wishesOf } from './wishes.ts';
import { SharedSession, type SessionNews } from './shared-session.ts';

/** What {@link sharedTyping} needs to know. */
export interface SharedTypingOptions<Sources extends ChannelSources = ChannelSources>
  extends Omit<TypingOptions<Sources>, 'clock' | 'gate'>, HouseOptions {
  /**
   * Who shows what this process holds. Default: `here`, unless another process shows it already. `elsewhere`: always another
   * one, for a process that has keys, and is frozen between two requests or ends soon. It takes nothing over either.
   */
  readonly refresh?: 'here' | 'elsewhere' | undefined;
}

/** A {@link Typing} whose sessions all processes on one Redis share. */
export interface SharedTyping<Targets extends object> extends Omit<Typing<Targets>, 'session'> {
  /** A session by its id, wherever it was opened. `undefined`: that is not the id of a shared session. */
  session(id: string): AnywhereSession | undefined;
}

const defaultIdleMs = 120_000;
const defaultKeepMs = 600_000;
const defaultWorkMs = 1_800_000;
const longestMs = 86_400_000;
/** How many conversations of a dead process are taken over in one step. */
const claimedAtOnce = 100;
/** Over how much time their starts are spread that are overdue, in milliseconds. */
const spreadMs = 1_500;
/** How long `opened` waits for Redis, and `close` for what is on its way there, in milliseconds. */
const patienceMs = 1_000;

/**
 * The same as `createTyping`, for several processes: one indicator for each conversation over all of them, whose sessions
 * any of them can touch and stop; one budget and one suspension for each credential; and when a process dies, another one
 * goes on.
 *
 * It holds connections: a process ends only after `close()`.
 *
 * @throws TypingError `misconfigured`, where an option is invalid or there is no such option.
 */
export function sharedTyping<const Sources extends ChannelSources>(
  options: SharedTypingOptions<Sources>,
): SharedTyping<TargetsOf<Sources>> {
  const { redis, prefix, leaseMs, onRedis, refresh = 'here', ...forTyping } = checked(options);
  const refreshes = refresh === 'here';
  const addresses = new Addresses<TypingProvider>(forTyping.channels);
  // What the engine and this side use is one provider, made once.
  const channels = Object.fromEntries(
    addresses.channels.map((name) => [name, () => addresses.of(name)]),
  );
  const house = new House(
    { redis, prefix, leaseMs, onRedis },
    {
      channels: addresses.channels,
      duties: refreshes ? { bury, hold, send } : undefined,
      onHint,
      onBeat,
    },
  );
  const { reach } = house;
  const gate = new RedisGate({
    reach,
    refreshes,
    endSession: (id) => void core.session(id)?.stop(),
    touchSession: (id) => core.session(id)?.touch(),
  });
  const core = opened(
    house,
    () => createTyping({ ...forTyping, channels, gate }) as unknown as Typing,
  );
  const { connection } = gate;
  core.observe((event) => connection.onEvent(event));
  house.open(addresses.channels);
  let closed: Promise<void> | undefined;

  const news: SessionNews = {
    touched: (id) => connection.touched(id),
    messageSent: (id) => {
      const session = distantSession(reach, id);
      session?.messageSent();
    },
    updated: (id, update) => {
      const address = addressOf(id);
      if (address) quietly(connection.told(id).then(() => reach.wish(address, wishesOf(update))));
    },
    told: (id) => atMost(connection.told(id), patienceMs),
  };

  function opening<Value>(caps: Caps, open: () => Value): Value {
    const before = gate.opening;
    gate.opening = caps;
    try {
      return open();
    } finally {
      gate.opening = before;
    }
  }

  function around(
    name: string,
    target: unknown,
    work: TypingWork<unknown>,
    callOptions?: KeepOptions & StreamOptions,
  ): unknown {
    const caps = capsOf(callOptions, defaultWorkMs, true);
    const shared =
      typeof work === 'function'
        ? (session: TypingSession) => work(new SharedSession(session, news))
        : work;
    const done: unknown = opening(caps, () => core.with(name, target, shared, callOptions));
    if (typeof done !== 'object' || done === null || !(Symbol.asyncIterator in done)) return done;
    // Its session opens when somebody begins to read.
    const stream = done as AsyncIterable<unknown>;
    return {
      [Symbol.asyncIterator](): AsyncIterator<unknown> {
        const chunks = stream[Symbol.asyncIterator]();
        return {
          next: () => opening(caps, () => chunks.next()),
          return: async (value: unknown) => (await chunks.return?.(value)) ?? { done: true, value },
        };
      },
    };
  }

  async function stopEverywhere(name: string, target: unknown): Promise<void> {
    try {
      const place = addresses.locate(name, target);
      const reply = await reach.leaveAll(place);
      const { owner } = reply;
      if (owner !== '' && owner !== reach.process) void connection.askToClear(place, owner);
    } catch {
      // A wrong target is refused below; without Redis this process stops what it has shown itself.
    }
  }

  async function bury(process: string, channel: string): Promise<boolean> {
    const { keys, link } = reach;
    // While Redis was away nobody could give a sign of life.
    const wasAway = performance.now() - link.awayAtMs < 2 * leaseMs;
    if (process === reach.process || wasAway || closed) return false;
    const tagsKey = keys.tagsOf(process, channel);
    for (const tag of await link.client.smembers(tagsKey)) {
      const fromKey = keys.owned(tag, process, channel);
      const names = await link.client.smembers(fromKey);
      let place = 0;
      for (let from = 0; from < names.length; from += claimedAtOnce) {
        const conversations = names.slice(from, from + claimedAtOnce).map((name) => {
          const at = { tag, conversation: name };
          return { name, conversationKey: keys.conversation(at) };
        });
        const claimed = await link.run(claim, {
          nowMs: 0,
          fromKey,
          ownedKey: keys.owned(tag, reach.process, channel),
          from: process,
          process: reach.process,
          conversations,
        });
        for (const each of claimed) {
          const inTurnMs = (place / names.length) * spreadMs;
          place += 1;
          connection.adopt(each, {
            nextStartInMs: Math.max(each.dueInMs, inTurnMs),
            visibleForMs: each.visibleForMs,
            resumeInMs: each.resumeInMs,
            wishes: readWishes(each.wishes),
          });
        }
      }
    }
    return true;
  }

  async function hold({
    channel,
    conversation,
    tag,
    target,
    visibleForMs = 0,
  }: HandOver): Promise<void> {
    if (closed) throw new Error('closed');
    const { isHeld, owner, wishes } = await reach.look({ tag, conversation });
    if (owner !== '' || (!isHeld && visibleForMs === 0)) return;
    const isAdopted = connection.adopt(
      { channel, conversation, epoch: 0, target },
      { visibleForMs, wishes: readWishes(wishes) },
    );
    if (!isAdopted) throw new Error('not here');
  }

  async function send({
    channel,
    from,
    nonce,
    options: given,
    target,
    untilMs,
  }: SendJob): Promise<void> {
    if (Date.now() > untilMs) return;
    // They were checked by whoever asked, and are checked again here.
    const asked = given as Parameters<Typing['send']>[2];
    const result = await core.send(channel, target, asked).then(
      (receipt) => ({ receipt }),
      (error: unknown) => ({ error: TypingError.isInstance(error) ? error.toJSON() : {} }),
    );
    reach.hints.tell(reach.keys.to(from), { hint: 'sent', nonce, result });
  }

  function onHint(hint: Hint): void {
    if (hint.hint !== 'inbound') connection.onHint(hint);
    else if (hint.from !== reach.process) receiveFromElsewhere(hint.event);
  }

  function receiveFromElsewhere(event: unknown): void {
    try {
      const received = event as InboundEvent;
      core.receive({ ...received, at: new Date(received.at) });
    } catch {
      // Another version's, or of a channel that is not here.
    }
  }

  function onBeat(hasForgotten: boolean, isLong: boolean): void {
    connection.beat(hasForgotten);
    if (isLong) connection.lookAgain(leaseMs);
  }

  async function closeAll(...given: Parameters<Typing['close']>): Promise<void> {
    connection.beginToClose();
    await house.jobs.retire();
    await core.close(...given);
    await atMost(connection.drained(), patienceMs);
    await house.close();
  }

  const typing = {
    ...core,
    async stop(name, target, callOptions) {
      await stopEverywhere(name, target);
      return core.stop(name, target, callOptions);
    },
    keep(name, target, callOptions) {
      const caps = capsOf(callOptions, defaultKeepMs, false);
      return new SharedSession(
        opening(caps, () => core.keep(name, target, callOptions)),
        news,
      );
    },
    with: around as Typing['with'],
    session(id) {
      const session = core.session(id);
      return session ? new SharedSession(session, news) : distantSession(reach, id);
    },
    messageSent(name, target) {
      core.messageSent(name, target);
      if (!closed) quietly(reach.message(addresses.locate(name, target), ''));
    },
    receive(event) {
      core.receive(event);
      if (closed) return;
      const hint: Hint = { hint: 'inbound', from: reach.process, event };
      reach.hints.tell(reach.keys.inbound(event.channel), hint);
    },
    close(...given) {
      closed ??= closeAll(...given);
      return closed;
    },
    [Symbol.asyncDispose]: () => typing.close(),
  } satisfies SharedTyping<Record<string, unknown>> as SharedTyping<Record<string, unknown>>;
  // What a target of a channel is, the caller's types say; behind them it is whatever `parseTarget` makes of it.
  return typing as unknown as SharedTyping<TargetsOf<Sources>>;
}

/** What `open` returns. Where it throws, no connection stays behind. */
function opened<Value>(house: House, open: () => Value): Value {
  try {
    return open();
  } catch (error) {
    void house.close();
    throw error;
  }
}

/** @throws TypingError `misconfigured`. */
function checked<Sources extends ChannelSources>(
  options: SharedTypingOptions<Sources>,
): SharedTypingOptions<Sources> & { readonly leaseMs: number } {
  if (typeof options !== 'object' || options === null || !('channels' in options)) {
    throw new TypingError({
      code: 'misconfigured',
      operation: 'configure',
      reason: 'channels is required',
      advice: 'For example { redis, channels: { imessage: linq({ apiKey }) } }.',
    });
  }
  const wrong = ['gate', 'clock'].find((name) => name in options);
  if (wrong !== undefined) {
    throw new TypingError({
      code: 'misconfigured',
      operation: 'configure',
      reason: `sharedTyping has no option ${wrong}`,
    });
  }
  const { refresh } = options;
  if (refresh !== undefined && refresh !== 'here' && refresh !== 'elsewhere') {
    throw new TypingError({
      code: 'misconfigured',
      operation: 'configure',
      reason: 'refresh must be here or elsewhere',
    });
  }
  return { ...options, leaseMs: House.leaseOf(options) };
}

function capsOf(options: KeepOptions | undefined, defaultMs: number, isWork: boolean): Caps {
  const { delayMs, idleTimeoutMs, maxDurationMs } = options ?? {};
  return {
    idleMs: spanOf(idleTimeoutMs, defaultIdleMs),
    hardMs: spanOf(maxDurationMs, defaultMs),
    delayMs: spanOf(delayMs, 0),
    // Where the caller gives a cap, it counts in any case.
    isWork: isWork && idleTimeoutMs === undefined,
  };
}

/** The engine refuses what is no span before any of it is used. */
function spanOf(ms: unknown, defaultMs: number): number {
  return typeof ms === 'number' && ms >= 0 ? Math.min(Math.ceil(ms), longestMs) : defaultMs;
}
