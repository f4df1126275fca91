import type { TypingErrorCode } from './typing-error.ts';

/**
 * Why an indicator is not seen. Switch on it.
 *
 * | code | what is so |
 * |---|---|
 * | `inactive-chat` | no message for so long that the vendor shows nothing |
 * | `group` | a conversation of more than two, where the vendor does not or may not type |
 * | `service` | the conversation runs over a network without indicators (SMS, RCS) |
 * | `service-unknown` | the vendor does not say over which network it runs |
 * | `opted-out` | the recipient wants no messages |
 * | `left` | the bot, or the recipient, is no longer in the conversation |
 * | `line` | the line or number the bot writes from is not healthy |
 * | `account` | the account is not connected, or is in trouble |
 * | `wrong-owner` | the conversation belongs to another account than the one used |
 * | `wrong-target` | the target is of the wrong kind |
 * | `trial-expired` | the vendor wants to be paid |
 * | `disabled` | the `enabled` switch of `createTyping` says no |
 * | `suspended` | the engine rests this credential after the vendor refused it |
 * | `paused` | the engine rests this conversation, or the credential has spent its budget |
 * | `unverified` | the vendor offers no way to find out |
 * | a `TypingErrorCode` | asking failed with it |
 */
export type DiagnosisCode =
  | 'inactive-chat'
  | 'group'
  | 'service'
  | 'service-unknown'
  | 'opted-out'
  | 'left'
  | 'line'
  | 'account'
  | 'wrong-owner'
  | 'wrong-target'
  | 'trial-expired'
  | 'disabled'
  | 'suspended'
  | 'paused'
  | 'unverified'
  | TypingErrorCode;

/** One thing that keeps an indicator from being seen, or that may. */
export interface DiagnosisReason {
  readonly code: DiagnosisCode;
  /** `hides`: nothing is seen while this is so. `may-hide`: nobody can say. */
  readonly effect: 'hides' | 'may-hide';
  /** What is so, as a sentence without a full stop. Holds no secret and no id of a recipient. */
  readonly message: string;
  /** What to do, as a full sentence. */
  readonly advice: string;
}

/** Whether a start would be seen, as far as the vendor can tell. Plain data. */
export interface Diagnosis {
  /** `no` as soon as one reason hides it, else `unknown` as soon as one may. */
  readonly willShow: 'yes' | 'no' | 'unknown';
  /** The strongest first. Empty if and only if `willShow` is `'yes'`. */
  readonly reasons: readonly DiagnosisReason[];
  /** The vendor's own id of the exchange, for its support. */
  readonly traceId?: string | undefined;
}

/** The diagnosis that some reasons amount to. */
export function diagnosisOf(reasons: readonly DiagnosisReason[], traceId?: string): Diagnosis {
  const hiding = reasons.filter(({ effect }) => effect === 'hides');
  const doubts = reasons.filter(({ effect }) => effect === 'may-hide');
  return {
    willShow: hiding.length > 0 ? 'no' : doubts.length > 0 ? 'unknown' : 'yes',
    reasons: [...hiding, ...doubts],
    ...(traceId !== undefined && { traceId }),
  };
}
