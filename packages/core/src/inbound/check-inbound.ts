import type { InboundTyping } from '../contract/inbound-event.ts';
import { TypingError } from '../contract/typing-error.ts';
import { checkDurationFromZero } from '../input/duration.ts';

/**
 * Checks an event that somebody hands in, who may have read it from a queue.
 *
 * @throws TypingError `misconfigured`, naming the field and what it should be, but quoting no value.
 */
export function checkInbound(event: InboundTyping): void {
  if (typeof event !== 'object' || event === null) throw refusal('event', 'must be an object');
  const { at, eventId, expiresInMs, provider, state } = event;
  if (state !== 'started' && state !== 'stopped')
    throw refusal('event.state', "must be 'started' or 'stopped'");
  if (!(at instanceof Date) || Number.isNaN(at.getTime()))
    throw refusal('event.at', 'must be a valid Date');
  if (typeof provider !== 'string') throw refusal('event.provider', 'must be a text');
  if (typeof eventId !== 'string') throw refusal('event.eventId', 'must be a text');
  checkDurationFromZero('event.expiresInMs', expiresInMs);
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
