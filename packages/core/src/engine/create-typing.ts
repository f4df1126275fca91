import type { TypingEvent } from '../api/event.ts';
import type { KeepOptions, StreamOptions, TypingSession, TypingWork } from '../api/session.ts';
import type { ChannelSources, CloseOptions, TargetsOf, Typing } from '../api/typing.ts';
import { TypingError } from '../contract/typing-error.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { openDeadline } from '../time/deadline.ts';
import { TimerWheel } from '../time/timer-wheel.ts';
import { checkOptions, invalid, type OptionChecks } from './arguments/check-options.ts';
import { callback, objectWith } from './arguments/option-checks.ts';
import {
  closeOptions,
  diagnoseOptions,
  inboundOptions,
  keepOptions,
  listenOptions,
  rateLimitedOptions,
  sendOptions,
  stopOptions,
  untilIdleOptions,
  withOptions,
} from './arguments/verb-options.ts';
import { connectGate } from './connect-gate.ts';
import { Channel } from './channel/channel.ts';
import type { EngineContext } from './engine-context.ts';
import { toTypingError } from './exchange/to-typing-error.ts';
import { type InboundListener, InboundVerbs } from './inbound-verbs.ts';
import { Observers } from './observers.ts';
import { safeClock, safeRandom, safeSwitch, safeWaitUntil } from './safe-callbacks.ts';
import { aroundStream, aroundWork, isStream } from './session/around-work.ts';
import { ClosedSession } from './session/closed-session.ts';
import type { WorkSession } from './session/work-session.ts';
import type { Gate } from './limits/gate.ts';
import { memoryGate } from './limits/memory-gate.ts';
import { rateLimitCoolDownMs } from './limits/policy.ts';
import { newsOnly } from './news.ts';
import { unknownChannel } from './unknown-channel.ts';

/** What {@link createTyping} needs to know. */
export interface TypingOptions<Sources extends ChannelSources = ChannelSources> {
  /** The channels and their providers: `{ imessage: linq({ apiKey }) }`. */
  readonly channels: Sources;
  /** The off switch: nothing is sent where it says no, throws, or returns a promise. Default: everything is sent. */
  readonly enabled?: ((channel: string, target: unknown) => boolean) | undefined;
  /**
   * Sees what happens. What it throws is ignored. Default: the first failure of each conversation and code that no
   * caller hears of goes to `console.warn`, and so does the first event that a reader of `inbound` loses.
   */
  readonly onEvent?: ((event: TypingEvent) => unknown) | undefined;
  /** Gets every background promise, for runtimes that stop when the request is answered. None of them rejects. */
  readonly waitUntil?: ((background: Promise<void>) => void) | undefined;
  /**
   * What limits starts. Default: a `memoryGate()` of its own. Give one to several `Typing`s whose channels use the same
   * credentials, and they share what these allow.
   */
  readonly gate?: Gate | undefined;
  /** Where time comes from. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Where chance comes from, for the jitter: at least 0, less than 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

const typingOptions: OptionChecks<TypingOptions> = {
  channels: (name, value) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
    throw invalid(`${name} must be an object`, 'For example { imessage: linq({ apiKey }) }.');
  },
  enabled: callback,
  onEvent: callback,
  waitUntil: callback,
  gate: objectWith('connect'),
  clock: objectWith('now', 'setTimer'),
  random: callback,
};

const defaultCloseMs = 2_000;
/** How long work may last at most. Nobody who works for longer is still expected to be typing. */
const longestWorkMs = 1_800_000;
const defaultsOfWork: KeepOptions & StreamOptions = { maxDurationMs: longestWorkMs };

/**
 * Puts providers behind channel names.
 *
 * A source that is a function is called when its channel is first used, and again at the next use if it threw: a key
 * that is missing for one channel never breaks another.
 *
 * @throws TypingError `misconfigured`, where an option is invalid or there is no such option.
 */
export function createTyping<const Sources extends ChannelSources>(
  options: TypingOptions<Sources>,
): Typing<TargetsOf<Sources>> {
  const settings = checkOptions('a Typing', typingOptions, options);
  if (!settings.channels)
    throw invalid('channels is required', 'For example { imessage: linq({ apiKey }) }.');
  const { enabled = () => true, waitUntil } = settings;
  const clock = safeClock(settings.clock ?? systemClock);
  const random = safeRandom(settings.random ?? Math.random);
  const observers = new Observers(settings.onEvent);
  const wheel = new TimerWheel(clock);
  const onEvent = (event: TypingEvent): void => observers.tell(event);
  const engine: EngineContext = {
    clock,
    wheel,
    random,
    gate: connectGate(settings.gate ?? memoryGate(), {
      clock,
      wheel,
      random,
      onEvent,
      adopt: (name, target, restored) => channelOf(name).adopt(target, restored),
    }),
    onEvent,
    get isObserved() {
      return observers.isObserved;
    },
    isEnding: (channel, conversation) => observers.isEnding(channel, conversation),
    enabled: safeSwitch(enabled),
    waitUntil: waitUntil ? safeWaitUntil(waitUntil) : () => {},
    background: new Set(),
    isNews: newsOnly(),
    sessionsById: new Map(),
  };
  const channels = new Map(
    Object.entries(settings.channels).map(([name, source]) => [
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

  /** Tells of a failure that kept a session from opening, where the work goes on without it. */
  function tellUnheard(channel: string, error: TypingError): void {
    const provider = error.provider ?? 'none';
    const about = { operation: 'start', attempt: 0, durationMs: 0, isBackground: true } as const;
    const isFirst = engine.isNews(error.message);
    engine.onEvent({ type: 'failed', channel, provider, error, ...about, isFirst });
  }

  /** Stands around work, which must run whatever is wrong with the channel, the target, the key or the options. */
  function around<T>(
    name: string,
    target: unknown,
    work: TypingWork<T>,
    callOptions?: unknown,
  ): Promise<T> | AsyncIterable<T> {
    let given: KeepOptions & StreamOptions = defaultsOfWork;
    let wrong: unknown;
    try {
      const ofCall = checked('with', name, withOptions, callOptions);
      if (callOptions !== undefined) given = { ...defaultsOfWork, ...ofCall };
    } catch (error) {
      wrong = error;
    }
    const open = (): WorkSession => {
      try {
        if (wrong !== undefined) throw wrong;
        return channelOf(name).keep(target, given);
      } catch (thrown) {
        const error = toTypingError(thrown, name, undefined, 'start');
        tellUnheard(name, error);
        return new ClosedSession(name, given.label, error);
      }
    };
    return isStream(work) ? aroundStream(open, work, given) : aroundWork(open, work);
  }

  function close(callOptions?: CloseOptions): Promise<void> {
    try {
      const { deadlineMs = defaultCloseMs } = checkOptions('close', closeOptions, callOptions);
      return closed ?? closeOnce(deadlineMs);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  function closeOnce(deadlineMs: number): Promise<void> {
    // Observers hear of what follows, and must find this closed already.
    let settle!: () => void;
    closed = new Promise((resolve) => {
      settle = resolve;
    });
    void closeAll(deadlineMs).then(settle, settle);
    return closed;
  }

  async function closeAll(deadlineMs: number): Promise<void> {
    inbound.close();
    const deadline = openDeadline(clock, deadlineMs, () => stopped());
    const closing = [...channels].map(([name, channel]) => channel.close(stopped(name), deadline));
    const { background } = engine;
    await deadline.hold(Promise.allSettled([...closing, ...background])).catch(() => {});
    engine.gate.close();
    deadline.close();
  }

  // The interface ties each target to its channel, and what comes out of `with` to what goes in; behind it a target is
  // what parseTarget makes of it, and an event of a channel has such a target.
  const typing = {
    send: async (name, target, callOptions) =>
      channelOf(name).send(target, checked('send', name, sendOptions, callOptions)),
    stop: async (name, target, callOptions) =>
      channelOf(name).stop(target, checked('stop', name, stopOptions, callOptions)),
    keep: (name, target, callOptions) =>
      channelOf(name).keep(target, checked('keep', name, keepOptions, callOptions)),
    with: around as Typing['with'],
    session: (id): TypingSession | undefined => engine.sessionsById.get(id),
    observe: (listener) => {
      callback('listener', listener);
      return observers.add(listener);
    },
    messageSent(name, target) {
      if (!closed) channelOf(name).messageSent(target);
    },
    rateLimited(name, target, callOptions) {
      const given = checked('rateLimited', name, rateLimitedOptions, callOptions);
      const { retryAfterMs = rateLimitCoolDownMs, scope = 'budget' } = given;
      if (!closed) channelOf(name).rateLimited(target, retryAfterMs, scope);
    },
    diagnose: async (name, target, callOptions) =>
      channelOf(name).diagnose(target, checked('diagnose', name, diagnoseOptions, callOptions)),
    receive(event) {
      if (!closed) inbound.receive(event);
    },
    inbound: ((name, callOptions) => {
      if (closed) throw stopped(name);
      return inbound.read(name, checkOptions('inbound', inboundOptions, callOptions));
    }) as Typing['inbound'],
    onInbound: ((listener, callOptions) => {
      const given = checkOptions('onInbound', listenOptions, callOptions);
      if (closed) throw stopped(given.channel);
      return inbound.listen(listener as InboundListener, given);
    }) as Typing['onInbound'],
    targetsIn: ((name, message) => inbound.targetsIn(name, message)) as Typing['targetsIn'],
    inboundIn: ((name, event) => inbound.inboundIn(name, event)) as Typing['inboundIn'],
    untilPeerIdle: async (name, target, callOptions) => {
      const given = checked('untilPeerIdle', name, untilIdleOptions, callOptions);
      return inbound.untilIdle(name, target, given, () => stopped(name));
    },
    isPeerTyping: (name, target) => !closed && inbound.isPeerTyping(name, target),
    sessions: () => [...channels.values()].flatMap((channel) => channel.sessions()),
    close,
    [Symbol.asyncDispose]: () => close(),
  } satisfies Typing as Typing;
  return typing as Typing<TargetsOf<Sources>>;
}

function stopped(channel?: string): TypingError {
  return new TypingError({ code: 'stopped', channel, reason: 'close() was called' });
}

/** Checks the options of a call to one channel. */
function checked<Options extends object>(
  verb: string,
  name: string,
  checks: OptionChecks<Options>,
  callOptions: unknown,
): Options {
  try {
    return checkOptions(verb, checks, callOptions);
  } catch (error) {
    throw toTypingError(error, name, undefined);
  }
}
