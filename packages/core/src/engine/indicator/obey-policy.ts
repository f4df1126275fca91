import type { TypingError } from '../../contract/typing-error.ts';
import type { Conversation } from '../channel/conversation.ts';
import type { Failures } from './failures.ts';
import type { Pace } from './pace.ts';
import { consequenceOf } from '../limits/policy.ts';

/** What a policy governs. */
export interface Governed {
  readonly conversation: Conversation;
  readonly pace: Pace;
  readonly isHeld: boolean;
  /** Ends: the vendor refused for good. */
  refuse(error: TypingError): void;
}

/** Does to an indicator what the policy says of a failed start. A credential obeys for itself. */
export function obeyPolicy(indicator: Governed, failures: Failures, error: TypingError): void {
  const { conversation, isHeld, pace } = indicator;
  pace.askAgain();
  switch (consequenceOf(error.code)) {
    case 'suspends-credential':
      return;
    case 'waits':
      conversation.heed(error);
      return;
    case 'ends-session':
      indicator.refuse(error);
      return;
    case 'counts-toward-circuit':
      if (isHeld) pace.planRetry(error, failures);
      return;
    case 'keeps-cadence':
      if (isHeld) pace.keepCadence();
  }
}
