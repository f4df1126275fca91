import type { PausedBy, TypingEvent } from '@typingkit/core';
import type { EnginePause } from '../protocol/snapshot.ts';

const scopes: Readonly<Record<PausedBy, EnginePause['scope']>> = {
  budget: 'budget',
  'rate-limit': 'budget',
  gate: 'budget',
  credential: 'credential',
  circuit: 'conversation',
};

/** What pauses the engine from an event on, and until when, if anything does. */
export function pauseOf(
  event: TypingEvent,
  atMs: number,
): Pick<EnginePause, 'scope' | 'untilMs'> | undefined {
  if (event.type === 'suspended' || event.type === 'skipped') {
    const { pausedBy, untilMs } = event;
    if (pausedBy === undefined || untilMs === undefined || untilMs <= atMs) return undefined;
    return { scope: scopes[pausedBy], untilMs };
  }
  // What a 429 says counts at once. Where it says nothing, the start that is skipped says how long.
  if (event.type !== 'failed' || event.error.code !== 'rate-limited') return undefined;
  const { retryAfterMs } = event.error;
  return retryAfterMs === undefined ? undefined : { scope: 'budget', untilMs: atMs + retryAfterMs };
}
