import type { TypingEvent } from '@typingkit/core';
import type { EnginePause } from '../protocol/snapshot.ts';

/** How long to wait after a 429 that does not say how long: the engine's own default. */
const rateLimitCoolDownMs = 30_000;

/** Why and for how long the engine sends nothing after an event, if it does. */
export function pauseOf(
  event: TypingEvent,
): { scope: EnginePause['scope']; forMs: number } | undefined {
  if (event.type === 'suspended') {
    const scope = event.conversation === undefined ? 'credential' : 'conversation';
    return { scope, forMs: event.retryAfterMs };
  }
  if (event.type !== 'failed' || event.error.code !== 'rate-limited') return undefined;
  return { scope: 'budget', forMs: event.error.retryAfterMs ?? rateLimitCoolDownMs };
}
