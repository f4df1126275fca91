import type { PausedBy } from '../../api/pause.ts';
import { stopPatienceMs } from '../limits/policy.ts';
import { isVisible, neededUntilMs } from './bubble.ts';
import type { Indicator } from './indicator.ts';
import { isStarting } from './wire.ts';

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
  | {
      readonly do: 'skip';
      readonly reason: SkipReason;
      readonly by: PausedBy | undefined;
      readonly untilMs: number;
    }
  /** A start is due: asks whether it may go out, unless it has been told to wait for its turn. */
  | { readonly do: 'queue' }
  /** A start is due and may go out. */
  | { readonly do: 'start'; readonly admission: unknown }
  /** A stop hangs for too long, and somebody wants to start: gives it up. */
  | { readonly do: 'overtake' }
  /** Nobody wants it any more, anywhere: ends it. */
  | { readonly do: 'end' }
  /** Somebody else shows it: forgets what was shown from here. */
  | { readonly do: 'leave' };

/** `needless`: it shows already, and a repeat would be ignored, is forbidden, or comes from elsewhere; or many have just gone out. */
export type SkipReason = 'needless' | 'disabled' | 'budget' | 'rate-limited' | 'suspended' | 'gate';

/** What those say who have a say in a start: the off switch and the gate. */
export type Answer =
  | { readonly says: 'go'; readonly admission: unknown }
  | {
      readonly says: 'not-before';
      readonly reason: SkipReason;
      readonly by: PausedBy | undefined;
      readonly untilMs: number;
    }
  /** Its turn comes later, and it is told then. */
  | { readonly says: 'in-turn'; readonly by: PausedBy }
  | { readonly says: 'unheld' }
  | { readonly says: 'elsewhere' };

const nothing: Step = { do: 'nothing' };
const forget: Step = { do: 'forget' };
const queue: Step = { do: 'queue' };
const overtake: Step = { do: 'overtake' };
const end: Step = { do: 'end' };
const leave: Step = { do: 'leave' };
const startFreely: Step = { do: 'start', admission: undefined };

/**
 * Decides, and does nothing.
 *
 * @param answer what was said to the start that is due. None: nobody was asked.
 */
export function nextStep(indicator: Indicator, nowMs: number, answer?: Answer): Step {
  const { callsInFlight, firstSession, holders, nextStartAtMs, stop } = indicator;

  // Something is on its way.
  if (isStarting(indicator)) return nothing;
  if (stop) {
    const isInTheWay = stop.isOnWire && (holders > 0 || stop.isInTheWay);
    if (!isInTheWay) return nothing;
    const untilMs = stop.beganAtMs + stopPatienceMs;
    return untilMs > nowMs ? { do: 'sleep', untilMs } : overtake;
  }

  // Nobody wants it.
  if (holders === 0) {
    if (callsInFlight > 0 || firstSession) return nothing;
    const untilMs = neededUntilMs(indicator);
    return untilMs > nowMs ? { do: 'wait', untilMs } : forget;
  }

  // Somebody wants it.
  if (nextStartAtMs > nowMs) return { do: 'sleep', untilMs: nextStartAtMs };
  return answer ? afterAnswer(answer) : whenDue(indicator, nowMs);
}

function whenDue(indicator: Indicator, nowMs: number): Step {
  const { context, target, visibleUntilMs } = indicator;
  const { repeat } = context.capabilitiesOf(target);
  return repeat !== 'extends' && isVisible(indicator, nowMs)
    ? { do: 'skip', reason: 'needless', by: undefined, untilMs: visibleUntilMs }
    : queue;
}

function afterAnswer(answer: Answer): Step {
  switch (answer.says) {
    case 'go':
      return answer.admission === undefined
        ? startFreely
        : { do: 'start', admission: answer.admission };
    case 'not-before':
      return { do: 'skip', reason: answer.reason, by: answer.by, untilMs: answer.untilMs };
    case 'in-turn':
      return queue;
    case 'unheld':
      return end;
    case 'elsewhere':
      return leave;
  }
}
