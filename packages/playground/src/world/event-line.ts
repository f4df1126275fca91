import type { TypingEvent } from '@typingkit/core';

/** What an event says, in words that a person reads. */
export function eventInWords(event: TypingEvent): string {
  switch (event.type) {
    case 'started':
      return event.attempt > 1
        ? 'Shown again: the vendor accepted the start.'
        : 'The vendor accepted the start.';
    case 'refreshed':
      return 'Refreshed before it could expire.';
    case 'coalesced':
      return 'No request needed: it already shows, or a start is in flight.';
    case 'skipped':
      return skippedBecause[event.reason];
    case 'failed':
      return `The ${event.operation} failed: ${event.error.message}`;
    case 'suspended':
      return `${event.conversation === undefined ? 'The key' : 'This conversation'} is paused for ${seconds(event.retryAfterMs)}.`;
    case 'resumed':
      return 'It works again.';
    case 'cleared':
      return 'The vendor accepted the stop.';
    case 'expired':
      return `This vendor has no stop: it disappears within ${seconds(event.withinMs)}.`;
    case 'opened':
      return 'A session started.';
    case 'paused':
      return 'A session was paused.';
    case 'continued':
      return 'A session continued.';
    case 'not-shown':
      return `The vendor cannot show the ${event.wishes.join(' and the ')}: plain typing.`;
    case 'fallback':
      return 'Nothing can show here: the fallback takes over.';
    case 'fallback-failed':
      return `${event.step}() of the fallback failed.`;
    case 'closed':
      return `A session ended: ${event.reason}.`;
    case 'inbound-dropped':
      return 'A reader of inbound typing was too slow.';
  }
}

const skippedBecause = {
  disabled: 'A start was due, but typing is switched off.',
  budget: 'A start was due, but the budget is spent.',
  'rate-limited': 'A start was due, but the vendor asked to wait.',
  suspended: 'A start was due, but the vendor refused the key.',
  gate: 'A start was due, but the gate did not allow it.',
} as const;

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}
