import { isVisible, neededUntilMs } from './bubble.ts';
import type { Indicator } from './indicator.ts';
import { isIdle } from './wire.ts';

/** What an indicator does next. */
export type Step =
  /** Something is under way that leads here again when it ends. */
  | { readonly do: 'nothing' }
  /** The next start is due later. */
  | { readonly do: 'sleep'; readonly untilMs: number }
  /** Nobody holds it, but it may be up, or was started a moment ago: keeps that in mind. */
  | { readonly do: 'wait'; readonly untilMs: number }
  /** Nobody holds it, and nothing is left to know. */
  | { readonly do: 'forget' }
  /** A start is due that would be for nothing, or may not go out. */
  | { readonly do: 'skip'; readonly reason: SkipReason; readonly untilMs: number }
  /** A start is due: asks whether it may go out. */
  | { readonly do: 'queue' }
  /** A start is due and may go out. */
  | { readonly do: 'start' };

/** `needless`: a repeat would be ignored, or is forbidden. */
export type SkipReason = 'needless' | 'disabled' | 'budget' | 'rate-limited';

/** What those say who have a say in a start: the off switch, and whoever limits starts. */
export type Answer =
  | { readonly says: 'go' }
  | { readonly says: 'no'; readonly reason: SkipReason; readonly untilMs: number }
  /** Its turn comes later, and it is told then. */
  | { readonly says: 'wait' };

const nothing: Step = { do: 'nothing' };
const forget: Step = { do: 'forget' };
const queue: Step = { do: 'queue' };
const start: Step = { do: 'start' };

/**
 * Decides, and does nothing.
 *
 * @param answer what was said to the start that is due. None: nobody was asked.
 */
export function nextStep(indicator: Indicator, nowMs: number, answer?: Answer): Step {
  const { callsInFlight, firstSession, holders, nextStartAtMs, visibleUntilMs } = indicator;

  if (!isIdle(indicator)) return nothing;
  if (holders === 0) {
    const untilMs = neededUntilMs(indicator);
    if (callsInFlight > 0 || firstSession) return nothing;
    if (untilMs > nowMs) return { do: 'wait', untilMs };
    return forget;
  }
  if (nextStartAtMs > nowMs) return { do: 'sleep', untilMs: nextStartAtMs };
  if (!answer) {
    const isNeedless = !mayRepeat(indicator) && isVisible(indicator, nowMs);
    return isNeedless ? { do: 'skip', reason: 'needless', untilMs: visibleUntilMs } : queue;
  }
  switch (answer.says) {
    case 'go':
      return start;
    case 'wait':
      return nothing;
    case 'no':
      return { do: 'skip', reason: answer.reason, untilMs: answer.untilMs };
  }
}

function mayRepeat({ context, target }: Indicator): boolean {
  return context.capabilitiesOf(target).repeat === 'extends';
}
