/// <reference lib="esnext.disposable" preserve="true" />
import {
  type InboundEvent,
  type RateLimitedOptions,
  type StopReceipt,
  type StreamOptions,
  TypingError,
  type TypingErrorDetails,
  type TypingReceipt,
  type TypingStream,
} from '@typingkit/core';
import { Addresses, type AddressSources, type TargetsAt } from './addresses.ts';
import { type AnywhereSession, distantSession, quietly } from './anywhere-session.ts';
import { aroundStream, isStream } from './around-stream.ts';
import { House, type HouseOptions } from './house.ts';
import { newNonce } from './reach.ts';
import {
  checkRemoteOptions,
  keepOptionsOf,
  type RemoteKeepOptions,
  type RemoteSendOptions,
  restOf,
  sendOptionsOf,
  streamOptionsOf,
} from './remote-options.ts';
import { OpenedSession, type RemoteCaps, type RemoteSession } from './remote-session.ts';
import { hold } from './scripts/hold.ts';

/** What {@link remoteTyping} needs to know. */
export interface RemoteTypingOptions<
  Sources extends AddressSources = AddressSources,
> extends HouseOptions {
  /** The channels and the addresses of their providers: `{ imessage: linqAddress() }`. */
  readonly channels: Sources;
}

/** Typing indicators that other processes show: those with the keys. Made by {@link remoteTyping}. */
export interface RemoteTyping<Targets extends object> extends AsyncDisposable {
  /**
   * Has the indicator kept alive until the session is stopped, by whichever process has the key.
   *
   * @throws TypingError `unknown-channel`, `invalid-target`, `misconfigured`, `stopped`: mistakes of the caller.
   */
  keep<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
    options?: RemoteKeepOptions,
  ): RemoteSession;

  /** Has it kept alive while work runs. Resolves and rejects with what the work does. */
  with<Channel extends keyof Targets & string, T>(
    channel: Channel,
    target: Targets[Channel],
    work: ((session: RemoteSession) => T | PromiseLike<T>) | PromiseLike<T>,
    options?: RemoteKeepOptions,
  ): Promise<T>;

  /**
   * Has it kept alive while a stream is read, which is passed through unchanged. The session opens when the stream is first
   * read, and ends with it, with its error, or when the reader leaves.
   */
  with<Channel extends keyof Targets & string, Chunk>(
    channel: Channel,
    target: Targets[Channel],
    stream: TypingStream<Chunk>,
    options?: RemoteKeepOptions & StreamOptions,
  ): AsyncIterable<Chunk>;

  /**
   * Has the indicator shown once.
   *
   * @throws TypingError of any code; `timeout`, where no process with the key took it within `timeoutMs`.
   */
  send<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
    options?: RemoteSendOptions,
  ): Promise<TypingReceipt>;

  /**
   * Ends all sessions of a conversation, wherever they were opened, and has its indicator cleared: `cleared` where the
   * process that shows it has said so within a second, else `expires`.
   *
   * @throws TypingError `unknown-channel`, `invalid-target`, `stopped`; `unavailable`, while Redis is away.
   */
  stop<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
  ): Promise<StopReceipt>;

  /** Says that a message went out, which cleared the indicator. Where sessions hold it, it is raised again after a second. */
  messageSent<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
  ): void;

  /** Says that the vendor answered a call of yours with "too many requests" (429): typing on the same budget waits, too. */
  rateLimited<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
    options?: RateLimitedOptions,
  ): void;

  /** A session by its id, wherever it was opened. `undefined`: that is not the id of a shared session. */
  session(id: string): AnywhereSession | undefined;

  /** See `Typing.targetsIn`. */
  targetsIn<Channel extends keyof Targets & string>(
    channel: Channel,
    message: unknown,
  ): readonly Targets[Channel][];

  /** See `Typing.inboundIn`. */
  inboundIn<Channel extends keyof Targets & string>(
    channel: Channel,
    event: unknown,
  ): readonly InboundEvent<Channel, Targets[Channel]>[];

  /** Passes on what the vendor tells of the person, to all processes that hear of it. */
  receive<Channel extends keyof Targets & string>(
    event: InboundEvent<Channel, Targets[Channel]>,
  ): void;

  /** Lets go of the connections. Sessions live on: whoever has the key shows them until their caps. */
  close(): Promise<void>;
}

const defaultIdleMs = 120_000;
const defaultKeepMs = 600_000;
const defaultWorkMs = 1_800_000;
const defaultTimeoutMs = 10_000;
/** What lasts until it is stopped is believed to last so long, in milliseconds. */
const longestMs = 86_400_000;

/**
 * Typing for a process that has no keys, or that is frozen between two requests: it checks targets, opens sessions, touches
 * and stops them, and processes with `sharedTyping` show them.
 *
 * It holds connections: a process ends only after `close()`.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 */
export function remoteTyping<const Sources extends AddressSources>(
  options: RemoteTypingOptions<Sources>,
): RemoteTyping<TargetsAt<Sources>> {
  checkRemoteOptions(options);
  const addresses = new Addresses(options.channels);
  const sessions = new Set<OpenedSession>();
  const house = new House(options, {
    channels: addresses.channels,
    onHint: (hint) => {
      if (hint.hint === 'cleared' || hint.hint === 'sent') reach.takeAnswer(hint);
      else if (hint.hint === 'end') {
        for (const session of sessions) if (session.isNamedBy(hint)) session.end();
      }
    },
    onBeat: (hasForgotten) => {
      for (const session of sessions) {
        if (session.isOver) sessions.delete(session);
        else session.beat(hasForgotten);
      }
    },
  });
  const { reach } = house;
  house.open([]);
  let closed: Promise<void> | undefined;

  function open(channel: string, target: unknown, given: unknown, isWork: boolean): OpenedSession {
    const located = locate(channel, target);
    const session = new OpenedSession(reach, located, capsOf(given, isWork));
    sessions.add(session);
    return session;
  }

  function locate(channel: string, target: unknown): ReturnType<typeof addresses.locate> {
    if (closed) throw new TypingError({ code: 'stopped', channel, reason: 'close() was called' });
    return addresses.locate(channel, target);
  }

  async function send(channel: string, target: unknown, given: unknown): Promise<TypingReceipt> {
    const { address, target: parsed } = locate(channel, target);
    const { timeoutMs = defaultTimeoutMs, ...wishes } = sendOptionsOf(given);
    const nonce = newNonce();
    const answer = reach.answerTo(nonce, timeoutMs);
    house.jobs.send({
      channel,
      target: parsed,
      options: { ...wishes, timeoutMs },
      from: reach.process,
      nonce,
      untilMs: Date.now() + timeoutMs,
    });
    const result = await answer;
    if (isReceipt(result)) return result.receipt;
    if (isFailure(result)) throw new TypingError(result.error);
    throw new TypingError({
      code: 'timeout',
      channel,
      provider: address.name,
      operation: 'start',
      reason: 'no process with a key answered in time',
      advice: 'Is a process with sharedTyping running that has this channel?',
    });
  }

  async function stop(channel: string, target: unknown): Promise<StopReceipt> {
    const located = locate(channel, target);
    const { address, target: parsed } = located;
    const where = { channel, provider: address.name };
    try {
      const reply = await reach.leaveAll(located);
      if (await reach.clear(located, { ...reply, isHeld: false })) {
        return { status: 'cleared', ...where };
      }
    } catch {
      throw new TypingError({
        ...where,
        code: 'unavailable',
        operation: 'stop',
        reason: 'Redis does not answer',
      });
    }
    const { ttl } = address.capabilitiesOf?.(parsed) ?? address.capabilities;
    const lastsMs = ttl.kind === 'fixed' ? ttl.ms : ttl.kind === 'caller' ? ttl.maxMs : longestMs;
    return { status: 'expires', ...where, withinMs: lastsMs };
  }

  function around(channel: string, target: unknown, work: unknown, given: unknown): unknown {
    if (!isStream(work)) return aroundWork(channel, target, work, given);
    const { until, ...caps } = streamOptionsOf(given);
    // What is wrong is said before anybody reads.
    locate(channel, target);
    return aroundStream(() => open(channel, target, caps, true), work, { until });
  }

  async function aroundWork(
    channel: string,
    target: unknown,
    work: unknown,
    given: unknown,
  ): Promise<unknown> {
    const isWork = typeof work === 'function' || isThenable(work);
    if (!isWork) {
      throw new TypingError({
        code: 'misconfigured',
        channel,
        reason: 'the work must be a function, a promise or a stream',
      });
    }
    const session = open(channel, target, given, true);
    try {
      return await (typeof work === 'function' ? work(session) : work);
    } finally {
      void session.stop();
    }
  }

  const typing: RemoteTyping<Record<string, unknown>> = {
    keep: (channel, target, given) => open(channel, target, given, false),
    with: around as RemoteTyping<Record<string, unknown>>['with'],
    send,
    stop,
    messageSent(channel, target) {
      quietly(reach.message(locate(channel, target), ''));
    },
    rateLimited(channel, target, given) {
      const { budget: own, tag } = locate(channel, target);
      const { forMs, scope } = restOf(given);
      const budget = scope === 'credential' ? undefined : own;
      const credentialKey = reach.keys.credential(tag);
      quietly(reach.link.run(hold, { nowMs: 0, credentialKey, budget, forMs }));
    },
    session: (id) => distantSession(reach, id),
    targetsIn: (channel, message) => addresses.of(channel).targetsIn?.(message) ?? [],
    inboundIn(channel, event) {
      const address = addresses.of(channel);
      const events = address.inboundIn?.(event) ?? [];
      return events.map((each) => Object.assign({}, each, { channel, provider: address.name }));
    },
    receive(event) {
      if (closed) return;
      // What it is else, those check that hear it.
      if (typeof event !== 'object' || event === null) {
        throw new TypingError({ code: 'misconfigured', reason: 'event must be an object' });
      }
      addresses.of(event.channel);
      const hint = { hint: 'inbound', from: reach.process, event } as const;
      reach.hints.tell(reach.keys.inbound(event.channel), hint);
    },
    close() {
      closed ??= house.close();
      return closed;
    },
    [Symbol.asyncDispose]: () => typing.close(),
  };
  // What a target of a channel is, the caller's types say; behind them it is whatever `parseTarget` makes of it.
  return typing as unknown as RemoteTyping<TargetsAt<Sources>>;
}

/** @throws TypingError `misconfigured`. */
function capsOf(given: unknown, isWork: boolean): RemoteCaps {
  const options = keepOptionsOf(given);
  return {
    idleMs: Math.ceil(options.idleTimeoutMs ?? defaultIdleMs),
    hardMs: Math.ceil(options.maxDurationMs ?? (isWork ? defaultWorkMs : defaultKeepMs)),
    // Where the caller gives a cap, it counts in any case.
    isWork: isWork && options.idleTimeoutMs === undefined,
  };
}

function isThenable(work: unknown): boolean {
  return (
    typeof work === 'object' && work !== null && 'then' in work && typeof work.then === 'function'
  );
}

function isReceipt(result: unknown): result is { readonly receipt: TypingReceipt } {
  return typeof result === 'object' && result !== null && 'receipt' in result;
}

function isFailure(result: unknown): result is { readonly error: TypingErrorDetails } {
  return typeof result === 'object' && result !== null && 'error' in result;
}
