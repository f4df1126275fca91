import type { Diagnosis } from './diagnosis.ts';
import type { TypingCapabilities } from './typing-capabilities.ts';
import type { StartReceipt } from './typing-receipt.ts';

/** What accompanies every call to a provider. */
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
export interface TypingProvider<Target = unknown> {
  /** The version of this contract. */
  readonly specification: 1;
  /** The vendor, in lower case: `linq`. */
  readonly name: string;
  readonly capabilities: TypingCapabilities;
  /** The capabilities for one target, where one vendor serves unlike networks. Default: `capabilities`. */
  capabilitiesOf?(target: Target): TypingCapabilities;
  /**
   * Checks a target and brings it into the form that the other methods take.
   *
   * @throws TypingError `invalid-target`, naming the field and what it should look like.
   */
  parseTarget(input: unknown): Target;
  /** Names the conversation: two targets with one key share one indicator. */
  conversationKey(target: Target): string;
  /** Names who shares `capabilities.budget`. Default: all conversations of this provider together. */
  budgetKey?(target: Target): string;
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
  /** Lets go of a connection that the provider holds. Called once, at the end. */
  close?(): Promise<void>;
}
