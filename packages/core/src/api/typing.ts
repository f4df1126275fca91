import type { RateLimitScope } from '../contract/typing-error.ts';
import type { CallOptions, StartOptions, TypingProvider } from '../contract/typing-provider.ts';
import type { StopReceipt, TypingReceipt } from '../contract/typing-receipt.ts';
import type { ChannelDiagnosis, DiagnoseOptions } from './diagnosis.ts';
import type { SessionSnapshot } from './session-snapshot.ts';
import type { TypingInbound } from './inbound.ts';
import type {
  KeepOptions,
  StreamOptions,
  TypingSession,
  TypingStream,
  TypingWork,
} from './session.ts';
import type { TypingEvent } from './event.ts';

/** A provider, or a function that makes one when the channel is first used. */
export type ChannelSource<Target = unknown> =
  | TypingProvider<Target>
  | (() => TypingProvider<Target>);

/** Channel names and what serves them. */
export type ChannelSources = Readonly<Record<string, ChannelSource>>;

/** Channel names and what their targets look like, where nobody knows better. */
export type ChannelTargets = Readonly<Record<string, unknown>>;

/** The targets that belong to some sources. */
export type TargetsOf<Sources extends ChannelSources> = {
  -readonly [Channel in keyof Sources]: Sources[Channel] extends ChannelSource<infer Target>
    ? Target
    : never;
} & {}; // so that editors show the channels, not the name of this type

/** How to send one start. */
export interface SendOptions extends StartOptions {
  /** How long the call may take in all, a second attempt included, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number | undefined;
}

/** How to send one stop. Whoever gives up waiting only gives up waiting: the stop goes out all the same. */
export interface StopOptions extends CallOptions {
  /** How long the call may take in all, a second attempt included, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number | undefined;
}

/** How long a vendor wants to be left alone. */
export interface RateLimitedOptions {
  /** What its `Retry-After` says, in milliseconds. Default: 30,000. */
  readonly retryAfterMs?: number | undefined;
  /** Whether all that goes out with the credential has to wait, as where Discord says `global`. Default: `budget`. */
  readonly scope?: RateLimitScope | undefined;
}

/** How to close. */
export interface CloseOptions {
  /** How long clearing the indicators may take, in milliseconds, less than 2^31; not `Infinity`. Default: 2,000. */
  readonly deadlineMs?: number | undefined;
}

/** Typing indicators on some channels. Made by {@link createTyping}. */
export interface Typing<Targets extends object = ChannelTargets>
  extends AsyncDisposable, TypingInbound<Targets> {
  /**
   * Shows the indicator, once, now.
   *
   * Tries a second time, quickly, where the connection failed or the vendor answered 502, 503 or 504, and after a
   * `Retry-After` that fits into `timeoutMs`. Makes no request where the conversation's indicator was started less
   * than `minIntervalMs` ago or a start is in flight: the receipt then says `coalesced`.
   *
   * @throws TypingError of any code; or `options.signal.reason` as soon as that is aborted.
   */
  send<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
    options?: SendOptions,
  ): Promise<TypingReceipt>;

  /**
   * Clears the indicator, once, now, and ends the sessions that hold it. Where the vendor has no stop, says how soon it is gone by itself.
   *
   * Goes out after a start that is in flight; one that has not settled after 250 ms is aborted first, and its
   * `send` rejects with the code `stopped`.
   *
   * @throws TypingError of any code; or `options.signal.reason` as soon as that is aborted.
   */
  stop<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
    options?: StopOptions,
  ): Promise<StopReceipt>;

  /**
   * Keeps the indicator alive until the session is stopped. Many sessions can hold one indicator; the last one to end
   * clears it.
   *
   * Nothing that the vendor does makes this or the session throw or reject: failures go to `onEvent`.
   *
   * @throws TypingError `unknown-channel`, `invalid-target`, `misconfigured`, `stopped`: mistakes of the caller.
   */
  keep<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
    options?: KeepOptions,
  ): TypingSession;

  /**
   * Keeps the indicator alive while work runs. Resolves to the work's value and rejects with the work's error, and with
   * nothing else: a vendor, a target, a channel, a key or an option that is wrong goes to `onEvent`, and the work runs
   * all the same.
   *
   * The indicator stays as long as the work is pending, 30 minutes at most (`maxDurationMs`). The first start is not
   * awaited. At the end a start that is in flight is awaited for `settleMs` at most; the indicator is cleared in the
   * background.
   *
   * @param work gets the session: its `signal`, `messageSent()`.
   * @throws TypingError `misconfigured`, where the work is neither a function, nor a promise, nor a stream.
   */
  with<Channel extends keyof Targets & string, T>(
    channel: Channel,
    target: Targets[Channel],
    work: (session: TypingSession) => T | PromiseLike<T>,
    options?: KeepOptions,
  ): Promise<T>;

  /** The same around work that has begun: a promise. */
  with<Channel extends keyof Targets & string, T>(
    channel: Channel,
    target: Targets[Channel],
    work: PromiseLike<T>,
    options?: KeepOptions,
  ): Promise<T>;

  /**
   * The same around a stream, such as an LLM's answer, which is passed through unchanged. The session opens when the
   * stream is first read, and ends with it, with its error, or when the reader leaves. It lives while somebody waits for
   * a chunk, and ends after `idleTimeoutMs` if nobody reads on.
   */
  with<Channel extends keyof Targets & string, Chunk>(
    channel: Channel,
    target: Targets[Channel],
    stream: TypingStream<Chunk>,
    options?: KeepOptions & StreamOptions,
  ): AsyncIterable<Chunk>;

  /** The same around any of them, where it is only known at run time which. */
  with<Channel extends keyof Targets & string, T>(
    channel: Channel,
    target: Targets[Channel],
    work: TypingWork<T>,
    options?: KeepOptions & StreamOptions,
  ): Promise<T> | AsyncIterable<T>;

  /** The session with this id, if it is alive. The id may come from another part of the program, or from a queue. */
  session(id: string): TypingSession | undefined;

  /**
   * Hears what happens from now on, beside `onEvent`. `opened` is told before `keep` returns, so that a span can join the
   * caller's. What the listener throws is ignored. It may call any verb; only a session of a conversation of which it is
   * just being told that one has ended is refused, with the code `stopped`.
   *
   * @returns a function that ends it.
   * @throws TypingError `misconfigured`, where the listener is not a function.
   */
  observe(listener: (event: TypingEvent) => unknown): () => void;

  /** What is alive now, for the question "why is it still typing?". */
  sessions(): readonly SessionSnapshot[];

  /**
   * Says that a message went out to the conversation, which cleared the indicator: the next `send` makes a request
   * again, however soon, and where sessions hold the indicator it is raised again after a second.
   *
   * @throws TypingError `unknown-channel`, `invalid-target`.
   */
  messageSent<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
  ): void;

  /**
   * Says that the vendor answered a call of yours, such as the message itself, with "too many requests" (429). Typing on the
   * same budget waits, too: it never costs you a message. Does nothing after `close()`.
   *
   * @throws TypingError `unknown-channel`, `invalid-target`, `misconfigured`.
   */
  rateLimited<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
    options?: RateLimitedOptions,
  ): void;

  /**
   * Says whether a start would be seen, and if not, why. Asks the vendor where it can be asked, and adds what the engine
   * knows: the off switch, a suspended credential, a spent budget. Shows nothing, and spends nothing of the budget.
   *
   * What keeps the indicator from being seen is an answer, not an error; so is a wrong target, a missing key, or a vendor
   * that does not answer. The vendor is not asked where nothing may be sent now: while the off switch says no, while the
   * credential is suspended, and until a `Retry-After` has passed.
   *
   * @throws TypingError `unknown-channel`, `misconfigured` (an option) and `stopped`; or `options.signal.reason` as soon
   *   as that is aborted.
   */
  diagnose<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
    options?: DiagnoseOptions,
  ): Promise<ChannelDiagnosis>;

  /**
   * Ends every session, clears every indicator that this object has shown and that may still be up, within `deadlineMs`, and lets go of
   * the providers. Calls in flight and later ones reject with the code `stopped`; readers of `inbound` come to their end. A second call
   * returns the promise of the first. Rejects only with `misconfigured`, for an invalid option: nothing is closed then.
   */
  close(options?: CloseOptions): Promise<void>;
}
