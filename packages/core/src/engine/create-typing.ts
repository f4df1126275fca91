import { TypingError } from '../contract/typing-error.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { openDeadline } from '../time/deadline.ts';
import { TimerWheel } from '../time/timer-wheel.ts';
import { toTypingError } from './exchange/to-typing-error.ts';
import { safeObserver, safeSwitch, safeWaitUntil, warnOnce } from './safe-callbacks.ts';
import { Channel } from './channel/channel.ts';
import { closedSession } from './session/closed-session.ts';
import type { EngineContext } from './engine-context.ts';
import { type InboundListener, InboundVerbs } from './inbound-verbs.ts';
import type { ChannelSources, CloseOptions, TargetsOf, Typing } from '../api/typing.ts';
import type { TypingEvent } from '../api/event.ts';
import type { KeepOptions, StreamOptions, TypingSession } from '../api/session.ts';
import { unknownChannel } from './unknown-channel.ts';
import { aroundStream, aroundWork } from './session/around-work.ts';

/** What {@link createTyping} needs to know. */
export interface TypingOptions<Sources extends ChannelSources = ChannelSources> {
  /** The channels and their providers: `{ imessage: linq({ apiKey }) }`. */
  readonly channels: Sources;
  /** The off switch: nothing is sent where it says no, or throws. Default: everything is sent. */
  readonly enabled?: ((channel: string, target: unknown) => boolean) | undefined;
  /**
   * Sees what happens. What it throws is ignored. Default: the first failure of each conversation and code that no
   * caller hears of goes to `console.warn`, and so does the first event that a reader of `inbound` loses.
   */
  readonly onEvent?: ((event: TypingEvent) => unknown) | undefined;
  /** Gets every background promise, for runtimes that stop when the request is answered. None of them rejects. */
  readonly waitUntil?: ((background: Promise<void>) => void) | undefined;
  /** Where time comes from. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Where chance comes from, for the jitter: at least 0, less than 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

const defaultCloseMs = 2_000;
// One for all: an empty object of its own would be a tenth of what a session weighs.
const noOptions: KeepOptions & StreamOptions = {};

/**
 * Puts providers behind channel names.
 *
 * A source that is a function is called when its channel is first used, and again at the next use if it threw: a key
 * that is missing for one channel never breaks another.
 */
export function createTyping<const Sources extends ChannelSources>(
  options: TypingOptions<Sources>,
): Typing<TargetsOf<Sources>> {
  const { clock = systemClock, enabled = () => true, random = Math.random, waitUntil } = options;
  const engine: EngineContext = {
    clock,
    wheel: new TimerWheel(clock),
    random,
    onEvent: safeObserver(options.onEvent ?? warnOnce),
    isObserved: options.onEvent !== undefined,
    enabled: safeSwitch(enabled),
    waitUntil: waitUntil ? safeWaitUntil(waitUntil) : () => {},
  };
  const channels = new Map(
    Object.entries(options.channels).map(([name, source]) => [
      name,
      new Channel(name, source, engine),
    ]),
  );
  const inbound = new InboundVerbs(engine, channelOf);
  let closed: Promise<void> | undefined;

  function channelOf(name: string): Channel {
    if (closed) throw stopped(name);
    const channel = channels.get(name);
    if (!channel) throw unknownChannel(name, [...channels.keys()]);
    return channel;
  }

  /** Like `keep`, but for work that must run whatever is wrong with the channel, the target or the key. */
  function keepQuietly(name: string, target: unknown, keepOptions: KeepOptions): TypingSession {
    try {
      return channelOf(name).keep(target, keepOptions);
    } catch (thrown) {
      const error = toTypingError(thrown, name, undefined, 'start');
      const provider = error.provider ?? 'none';
      const about = { operation: 'start', attempt: 0, durationMs: 0 } as const;
      const unheard = { isFirst: true, isBackground: true };
      engine.onEvent({ type: 'failed', channel: name, provider, error, ...about, ...unheard });
      return closedSession(error);
    }
  }

  function around<T>(
    name: string,
    target: unknown,
    work: AsyncIterable<T> | ((session: TypingSession) => T | Promise<T>),
    withOptions: KeepOptions & StreamOptions = noOptions,
  ): Promise<T> | AsyncIterable<T> {
    const open = (): TypingSession => keepQuietly(name, target, withOptions);
    return typeof work === 'function'
      ? aroundWork(open, work)
      : aroundStream(open, work, withOptions);
  }

  async function closeAll({ deadlineMs = defaultCloseMs }: CloseOptions): Promise<void> {
    inbound.close();
    const deadline = openDeadline(clock, deadlineMs, () => stopped());
    const closing = [...channels].map(([name, channel]) => channel.close(stopped(name), deadline));
    await deadline.hold(Promise.allSettled(closing)).catch(() => {});
    deadline.close();
  }

  // The interface ties each target to its channel, and what comes out of `with` to what goes in; behind it a target is
  // what parseTarget makes of it, and an event of a channel has such a target.
  const typing = {
    send: async (name, target, sendOptions = {}) => channelOf(name).send(target, sendOptions),
    stop: async (name, target, stopOptions = {}) => channelOf(name).stop(target, stopOptions),
    keep: (name, target, keepOptions = noOptions) => channelOf(name).keep(target, keepOptions),
    with: around as Typing['with'],
    messageSent(name, target) {
      if (!closed) channelOf(name).messageSent(target);
    },
    diagnose: async (name, target, diagnoseOptions = {}) =>
      channelOf(name).diagnose(target, diagnoseOptions),
    receive(event) {
      if (!closed) inbound.receive(event);
    },
    inbound: ((name, inboundOptions = {}) => {
      if (closed) throw stopped(name);
      return inbound.read(name, inboundOptions);
    }) as Typing['inbound'],
    onInbound: ((listener, listenOptions = {}) => {
      if (closed) throw stopped(listenOptions.channel);
      return inbound.listen(listener as InboundListener, listenOptions);
    }) as Typing['onInbound'],
    isPeerTyping: (name, target) => !closed && inbound.isPeerTyping(name, target),
    sessions: () => [...channels.values()].flatMap((channel) => channel.sessions()),
    close: (closeOptions = {}) => (closed ??= closeAll(closeOptions)),
    [Symbol.asyncDispose]: () => typing.close(),
  } satisfies Typing as Typing;
  return typing as Typing<TargetsOf<Sources>>;
}

function stopped(channel?: string): TypingError {
  return new TypingError({ code: 'stopped', channel, reason: 'close() was called' });
}
