import type { TypingEvent } from '@typingkit/core';

/** What an event says, in words that a person reads. */
export function eventInWords(event: TypingEvent): string {
  switch (event.type) {
    case 'started':
      return event.attempt > 1
        ? 'Shown again: the vendor took the start.'
        : 'The vendor took the start.';
    case 'refreshed':
      return 'Refreshed before it could expire.';
    case 'coalesced':
      return 'No request needed: it is up already, or on its way.';
    case 'skipped':
      return skippedBecause[event.reason];
    case 'failed':
      return `The ${event.operation} failed: ${event.error.message}`;
    case 'suspended':
      return `${event.conversation === undefined ? 'The key' : 'This conversation'} rests for ${seconds(event.retryAfterMs)}.`;
    case 'resumed':
      return 'It works again.';
    case 'cleared':
      return 'The vendor took the stop.';
    case 'expired':
      return `No stop at this vendor: gone by itself within ${seconds(event.withinMs)}.`;
    case 'opened':
      return 'A session began.';
    case 'paused':
      return 'A session pauses: a person is asked.';
    case 'continued':
      return 'A session goes on.';
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
  disabled: 'A start was due, but the switch says no.',
  budget: 'A start was due, but the budget is spent.',
  'rate-limited': 'A start was due, but the vendor asked to wait.',
  suspended: 'A start was due, but the vendor refused the key.',
  gate: 'A start was due, but the gate did not allow it.',
} as const;

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}
