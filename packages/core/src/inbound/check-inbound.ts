import type { InboundEvent } from '../contract/inbound-event.ts';
import { TypingError } from '../contract/typing-error.ts';
import { checkDurationFromZero } from '../input/duration.ts';

const states: ReadonlySet<string> = new Set(['started', 'stopped', 'stop-requested']);

/**
 * Checks an event that somebody hands in, who may have read it from a queue.
 *
 * @returns a copy, whose fields do not change any more.
 * @throws TypingError `misconfigured`, naming the field and what it should be, but quoting no value.
 */
export function checkInbound(given: InboundEvent): InboundEvent {
  if (typeof given !== 'object' || given === null) throw refusal('event', 'must be an object');
  const event = copied(given);
  const { at, eventId, provider, state } = event;
  if (!states.has(state)) {
    throw refusal('event.state', "must be 'started', 'stopped' or 'stop-requested'");
  }
  if (!(at instanceof Date) || Number.isNaN(at.getTime()))
    throw refusal('event.at', 'must be a valid Date');
  if (typeof provider !== 'string') throw refusal('event.provider', 'must be a string');
  if (typeof eventId !== 'string') throw refusal('event.eventId', 'must be a string');
  if (event.state !== 'stop-requested') {
    checkDurationFromZero('event.expiresInMs', event.expiresInMs);
  }
  return event;
}

function copied(event: InboundEvent): InboundEvent {
  try {
    return { ...event };
  } catch {
    throw refusal('event', 'could not be read: a getter threw');
  }
}

/**
 * Checks what somebody wants to be called.
 *
 * @throws TypingError `misconfigured`.
 */
export function checkListener<Listener>(listener: Listener): Listener {
  if (typeof listener === 'function') return listener;
  throw refusal('listener', 'must be a function');
}

function refusal(name: string, complaint: string): TypingError {
  return new TypingError({ code: 'misconfigured', reason: `${name} ${complaint}` });
}
