/**
 * How long one start keeps the indicator on the screen.
 *
 * - `fixed`: `ms` milliseconds, as the vendor documents it or as somebody observed it. `assumed`: nobody has said or measured
 *   it, and this is the lifetime on a channel much like it (Instagram).
 * - `caller`: the caller picks, between `minMs` and `maxMs`, in steps of `stepMs` (LINE: 5 to 60 s in steps of 5). Who has no
 *   wish gets `defaultMs`, or else `maxMs`: a long one is cheap, and stays on the screen for as long where a process dies.
 * - `until-stopped`: it stays until it is stopped (XMPP).
 *
 * Where the vendor tells the lifetime in its answer, `StartReceipt.visibleForMs` wins over this.
 */
export type IndicatorLifetime =
  | {
      readonly kind: 'fixed';
      readonly ms: number;
      readonly source: 'documented' | 'observed' | 'assumed';
    }
  | {
      readonly kind: 'caller';
      readonly minMs: number;
      readonly maxMs: number;
      readonly defaultMs?: number | undefined;
      readonly stepMs?: number | undefined;
    }
  | { readonly kind: 'until-stopped' };

/** What one credential may spend on typing, over all its conversations. */
export interface TypingBudget {
  readonly requests: number;
  readonly perMs: number;
}

/**
 * What a vendor can do, as plain JSON data: the engine derives its cadence from it and the provider tables
 * in the documentation are generated from it.
 */
export interface TypingCapabilities {
  /** How long one start lasts. */
  readonly ttl: IndicatorLifetime;
  /** What a second start does while the indicator is up. */
  readonly repeat: 'extends' | 'ignored-while-visible' | 'forbidden';
  /** Whether the vendor can clear the indicator on request, or it can only be left to expire. */
  readonly stop: 'explicit' | 'expires';
  /** Whether the vendor clears the indicator when a message is sent to the conversation. */
  readonly clearsOnMessage: boolean | 'unknown';
  /** Whether it works in conversations of more than two. */
  readonly groups: boolean | 'unknown';
  /** How often to refresh, in milliseconds, where the vendor or its field says better than 0.8 of the lifetime. */
  readonly refreshMs?: number | undefined;
  /** Never start more often than this for one conversation, in milliseconds. */
  readonly minIntervalMs: number;
  /** What one credential may spend on typing. Default: no limit that anybody knows of. */
  readonly budget?: TypingBudget | undefined;
  /** What else a start does to the conversation. */
  readonly sideEffects: readonly 'marks-read'[];
  /** Whether the vendor tells when the person at the other end types. */
  readonly inbound: boolean;
  /**
   * Whether anything shows at all: `false` in what `capabilitiesOf` says of a target whose network has no indicator, such as
   * SMS. A session with a fallback then shows that; the `start` of the provider refuses such a target with `unsupported`,
   * before any request. Default: yes.
   */
  readonly shows?: boolean | undefined;
  /** Whether the vendor shows a text beside the indicator: `StartOptions.status`. Default: no. */
  readonly status?: boolean | undefined;
  /** Which words of `StartOptions.action` the vendor shows: `upload_photo`. Default: none. */
  readonly actions?: readonly string[] | undefined;
  /** What must be true before anything shows, in words that a person reads. */
  readonly requires: readonly string[];
}
