import type { InboundEvent, InboundTyping } from '../contract/inbound-event.ts';

/** The events of one channel, or of several. Switch on `channel` to learn what `target` is. */
export type InboundOf<
  Targets extends object,
  Channel extends keyof Targets & string = keyof Targets & string,
> = { readonly [Name in Channel]: InboundTyping<Name, Targets[Name]> }[Channel];

/** How to read what people type. */
export interface InboundOptions {
  /** Ends the reading. */
  readonly signal?: AbortSignal | undefined;
  /** How many events wait for a slow reader at the most; the oldest is dropped for a new one. Default: 256. */
  readonly capacity?: number | undefined;
}

/** How to listen to what people type. */
export interface ListenOptions<Channel extends string = string> {
  /** Which channel. Default: all of them. */
  readonly channel?: Channel | undefined;
  /** Ends the listening. */
  readonly signal?: AbortSignal | undefined;
}

/** How long to wait for a person. */
export interface UntilIdleOptions {
  /** How long they must not have typed, in milliseconds. Default: 2,000. */
  readonly quietMs?: number | undefined;
  /** How long to wait at most, in milliseconds. Default: 30,000. */
  readonly maxMs?: number | undefined;
  /** Gives up: the call rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
}

/** What is known of those who type at the other end. A part of {@link Typing}. */
export interface TypingInbound<Targets extends object> {
  /**
   * The targets in a vendor's ordinary inbound message: a webhook's body, a gateway's event, an SDK's object. One for each
   * conversation; none where there is nothing to answer. It verifies no signature: verify first.
   *
   * @example
   * for (const target of typing.targetsIn('slack', body)) await typing.with('slack', target, () => answer(body));
   * @throws TypingError `unknown-channel`; `unsupported`, where the provider reads no messages; `misconfigured`, where it
   *   cannot be made; `stopped`.
   */
  targetsIn<Channel extends keyof Targets & string>(
    channel: Channel,
    message: unknown,
  ): readonly Targets[Channel][];

  /**
   * The events in what a vendor sends when the person types, ceases to, or presses its Stop button: ready for `receive`. None
   * in anything else. It verifies no signature: verify first.
   *
   * @throws TypingError as `targetsIn`.
   */
  inboundIn<Channel extends keyof Targets & string>(
    channel: Channel,
    event: unknown,
  ): readonly InboundEvent<Channel, Targets[Channel]>[];

  /**
   * Takes what a vendor tells: give it to a webhook as its `onTyping`.
   *
   * A `stop-requested` ends the sessions of its conversation and aborts their `signal`; one with an `eventId` that was there
   * before does nothing.
   *
   * An event that is older than the newest one of its conversation is dropped, and so is a repeated one. A `started`
   * that nothing follows for `expiresInMs` is over by itself: a `stopped` with `isExpired` is made of it. Does nothing
   * after `close()`.
   *
   * @throws TypingError `unknown-channel`, `invalid-target`, `unsupported` where the provider does not report who is typing,
   *   `misconfigured` where the provider cannot be made or the event is not valid.
   */
  receive<Channel extends keyof Targets & string>(
    this: void,
    event: InboundEvent<Channel, Targets[Channel]>,
  ): void;

  /**
   * What people type from now on, until `close()`, until the signal is aborted, or until the reader leaves. Each reader
   * sees all of it, and starts when it first asks. One that is too slow loses the oldest events: `onEvent` sees
   * `inbound-dropped`.
   *
   * @param channel which one. Default: all of them.
   * @throws TypingError at once: `unknown-channel`, `unsupported` where the provider of the channel does not tell who
   *   types, `misconfigured`, `stopped`.
   */
  inbound<Channel extends keyof Targets & string = keyof Targets & string>(
    channel?: Channel,
    options?: InboundOptions,
  ): AsyncIterable<InboundOf<Targets, Channel>>;

  /**
   * Calls a function with everything that people type from now on. What it throws is ignored, as with `onEvent`.
   *
   * @returns a function that ends it.
   * @throws TypingError `unknown-channel`, `unsupported` where the provider of the channel does not report who is typing,
   *   `misconfigured`, `stopped`.
   */
  onInbound<Channel extends keyof Targets & string = keyof Targets & string>(
    listener: (event: NoInfer<InboundOf<Targets, Channel>>) => unknown,
    options?: ListenOptions<Channel>,
  ): () => void;

  /**
   * Whether the person at the other end types now, as far as `receive` was told. Asks nobody. `false` where the provider
   * does not report who is typing, and after `close()`.
   *
   * @throws TypingError `unknown-channel`, `invalid-target`, `misconfigured` where the provider cannot be made.
   */
  isPeerTyping<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
  ): boolean;

  /**
   * Waits until the person at the other end has not typed for `quietMs`, as far as `receive` was told. Resolves at once
   * where nothing is known of them, so also where the provider does not report who is typing.
   *
   * @returns `true` when they are quiet; `false` when `maxMs` have passed first.
   * @throws TypingError `unknown-channel`, `invalid-target`, `misconfigured`, `stopped`; or `options.signal.reason` as soon
   *   as that is aborted.
   */
  untilPeerIdle<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
    options?: UntilIdleOptions,
  ): Promise<boolean>;
}
