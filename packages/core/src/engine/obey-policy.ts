import type { TypingError } from '../contract/typing-error.ts';
import type { Failures } from './failures.ts';
import type { Indicator } from './indicator.ts';
import { lowerIndicator } from './lower-indicator.ts';
import { leastPauseMs, policy, rateLimitCoolDownMs } from './policy.ts';

/** Does to an indicator what the policy says of a failed start. A credential obeys for itself. */
export function obeyPolicy(indicator: Indicator, failures: Failures, error: TypingError): void {
  const { pace } = indicator;
  const { budget, capabilities, nowMs } = indicator.conversation;
  pace.refused();
  switch (policy[error.code]) {
    case 'suspend-credential':
      return;
    case 'wait': {
      const askedMs = error.retryAfterMs ?? rateLimitCoolDownMs;
      // "At once" cannot be what somebody wants who has just complained.
      budget.holdUntil(nowMs + Math.max(askedMs, capabilities.minIntervalMs, leastPauseMs));
      return;
    }
    case 'end-indicator': {
      const isHeld = indicator.sessions.holders > 0;
      indicator.endSessions('refused', error);
      // What was up before is not what the vendor refused.
      if (isHeld) void lowerIndicator(indicator, 0);
      return;
    }
    case 'count':
      if (indicator.sessions.holders > 0) pace.failed(error, failures);
  }
}
