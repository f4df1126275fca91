import type { Diagnosis } from './diagnosis.ts';
import type { ProviderAddress } from './provider-address.ts';
import type { StartReceipt } from './typing-receipt.ts';

/** What accompanies every call to a provider. A plain object: it may be spread. */
export interface CallOptions {
  /** Aborts the exchange. The call then rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
}

/** What accompanies a start. A provider ignores what its vendor has no word for. */
export interface StartOptions extends CallOptions {
  /** How long the indicator should stay, in milliseconds, where the caller may choose (`ttl.kind: 'caller'`). */
  readonly ttlMs?: number | undefined;
  /** A text beside the indicator, where the vendor shows one (Slack). */
  readonly status?: string | undefined;
  /** What the bot is doing, in the vendor's own word (Telegram: `upload_photo`). Default: typing. */
  readonly action?: string | undefined;
}

/**
 * One vendor's typing API: what a new channel implements.
 *
 * A provider has no timers and no memory of earlier calls: `start` and `stop` are exactly one exchange with
 * the vendor each. It throws a {@link TypingError} whenever the vendor did not accept, and never swallows one:
 * only the engine may decide to be silent.
 *
 * Nothing but `start`, `parseTarget` and `conversationKey` is required of a vendor; what it cannot do it says
 * in `capabilities`, never by an empty method.
 */
export interface TypingProvider<Target = unknown> extends ProviderAddress<Target> {
  /** Shows the indicator, or refreshes it: one exchange with the vendor. */
  start(target: Target, call: StartOptions): Promise<StartReceipt>;
  /** Clears the indicator: one exchange. Present if and only if `capabilities.stop` is `'explicit'`. */
  stop?(target: Target, call: CallOptions): Promise<void>;
  /**
   * Asks the vendor whether a start would be seen. Reads only: it may take several exchanges, and shows nothing.
   *
   * A reason why nothing would be seen is an answer, not an error.
   *
   * @throws TypingError where the vendor could not be asked.
   */
  diagnose?(target: Target, call: CallOptions): Promise<Diagnosis>;
  /**
   * For a provider that holds a connection: calls `listener` for each indicator that is no longer up because the
   * connection was lost, once it can be raised again.
   *
   * @returns takes the listener back.
   */
  onLost?(listener: (target: Target) => void): () => void;
  /** Lets go of a connection that the provider holds. Called once, at the end. */
  close?(): Promise<void>;
}
