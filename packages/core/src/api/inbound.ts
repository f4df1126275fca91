import type { InboundTyping } from '../contract/inbound-event.ts';

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

/** What is known of those who type at the other end. A part of {@link Typing}. */
export interface TypingInbound<Targets extends object> {
  /**
   * Takes what a vendor tells: give it to a webhook as its `onTyping`.
   *
   * An event that is older than the newest one of its conversation is dropped, and so is a repeated one. A `started`
   * that nothing follows for `expiresInMs` is over by itself: a `stopped` with `isExpired` is made of it. Does nothing
   * after `close()`.
   *
   * @throws TypingError `unknown-channel`, `invalid-target`, `unsupported` where the provider does not tell who types,
   *   `misconfigured` where the provider cannot be made or the event is none.
   */
  receive<Channel extends keyof Targets & string>(
    this: void,
    event: InboundTyping<Channel, Targets[Channel]>,
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
   * @throws TypingError `unknown-channel`, `unsupported` where the provider of the channel does not tell who types,
   *   `misconfigured`, `stopped`.
   */
  onInbound<Channel extends keyof Targets & string = keyof Targets & string>(
    listener: (event: NoInfer<InboundOf<Targets, Channel>>) => unknown,
    options?: ListenOptions<Channel>,
  ): () => void;

  /**
   * Whether the person at the other end types now, as far as `receive` was told. Asks nobody. `false` where the provider
   * does not tell who types, and after `close()`.
   *
   * @throws TypingError `unknown-channel`, `invalid-target`, `misconfigured` where the provider cannot be made.
   */
  isPeerTyping<Channel extends keyof Targets & string>(
    channel: Channel,
    target: Targets[Channel],
  ): boolean;
}
