/** Something the caller should know about an accepted start. */
export interface TypingWarning {
  /** Stable, for programs: `account-mismatch`. */
  readonly code: string;
  /** For people. Holds no ids of recipients. */
  readonly message: string;
}

/** Plain data of the vendor's answer that a caller may need. */
export type VendorDetails = Readonly<Record<string, string | number | boolean>>;

/** What a caller can wish for beside the indicator: the fields of that name in `StartOptions`. */
export type StartWish = 'status' | 'action';

/** What a provider's `start` says of one accepted exchange. */
export interface StartReceipt {
  /** How long the indicator stays, in milliseconds, where the vendor's answer tells. */
  readonly visibleForMs?: number | undefined;
  /** The vendor's own id of the exchange, for its support. */
  readonly traceId?: string | undefined;
  readonly warnings?: readonly TypingWarning[] | undefined;
  /** What was wished for and nobody sees. Default: what `capabilities` say that the vendor does not show. */
  readonly notShown?: readonly StartWish[] | undefined;
  readonly vendor?: VendorDetails | undefined;
}

/**
 * What became of one wish to show the indicator. Never "sent" or "shown": vendors accept starts for chats in
 * which nothing appears.
 */
export interface TypingReceipt {
  /**
   * - `accepted`: the vendor took the request.
   * - `coalesced`: an indicator of this conversation was started less than `minIntervalMs` ago, or a start was
   *   already in flight; no request of its own was made.
   * - `disabled`: the off switch said no; nothing was sent.
   */
  readonly status: 'accepted' | 'coalesced' | 'disabled';
  readonly channel: string;
  readonly provider: string;
  /** How long the indicator stays from now on, in milliseconds. Absent: until it is stopped. */
  readonly visibleForMs?: number | undefined;
  readonly traceId?: string | undefined;
  readonly warnings?: readonly TypingWarning[] | undefined;
  /** What was wished for and nobody sees: plain typing is shown instead. Absent where there is nothing to tell. */
  readonly notShown?: readonly StartWish[] | undefined;
  readonly vendor?: VendorDetails | undefined;
}

/**
 * What became of one wish to clear the indicator.
 *
 * - `cleared`: the vendor took the request.
 * - `expires`: the vendor has no stop; what may be on the screen disappears by itself within `withinMs`.
 */
export type StopReceipt =
  | { readonly status: 'cleared'; readonly channel: string; readonly provider: string }
  | {
      readonly status: 'expires';
      readonly channel: string;
      readonly provider: string;
      /** An upper bound in milliseconds, from now. */
      readonly withinMs: number;
    };
