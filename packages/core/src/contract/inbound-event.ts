/** The person at the other end began to type, or ceased. Plain data. */
export interface InboundTyping<Channel extends string = string, Target = unknown> {
  readonly channel: Channel;
  readonly provider: string;
  /** The conversation, in the form that `sendTyping` takes. In a group nobody can tell who types. */
  readonly target: Target;
  readonly state: 'started' | 'stopped';
  /** When it happened, by the vendor's clock. */
  readonly at: Date;
  /** The vendor's own id of the event. */
  readonly eventId: string;
  /**
   * How long a `started` holds from now on, in milliseconds, unless another event comes first: no vendor promises a
   * `stopped`. 0 for a `stopped`.
   */
  readonly expiresInMs: number;
  /**
   * Whether nobody said `stopped`: the `started` whose `eventId` this has is over, because its time was. `at` is then the
   * `at` of that `started` and its `expiresInMs`: a little early where the `started` came late.
   */
  readonly isExpired?: true | undefined;
}

/** The person at the other end pressed the platform's stop button: the work for them should end. Plain data. */
export interface StopRequest<Channel extends string = string, Target = unknown> {
  readonly channel: Channel;
  readonly provider: string;
  /** The conversation, in the form that `sendTyping` takes. */
  readonly target: Target;
  readonly state: 'stop-requested';
  /** When it happened, by the vendor's clock. */
  readonly at: Date;
  /** The vendor's own id of the event. */
  readonly eventId: string;
}

/** What a vendor tells of the person at the other end. Switch on `state`. */
export type InboundEvent<Channel extends string = string, Target = unknown> =
  | InboundTyping<Channel, Target>
  | StopRequest<Channel, Target>;

/** The same as a provider reads it, without what only the engine knows. */
export type ProviderInboundEvent<Target = unknown> =
  | Omit<InboundTyping<string, Target>, 'channel' | 'provider' | 'isExpired'>
  | Omit<StopRequest<string, Target>, 'channel' | 'provider'>;
