/** What goes with a start, where the caller said it. */
export interface StartWishes {
  /** How long the indicator should stay, in milliseconds, where the caller may choose. */
  readonly ttlMs?: number | undefined;
  /** A text beside the indicator, where the vendor shows one. */
  readonly status?: string | undefined;
  /** What the bot is doing, in the vendor's own word. Default: typing. */
  readonly action?: string | undefined;
}
