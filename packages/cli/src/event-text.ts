import type { CloseReason, TypingEvent } from '@typingkit/core';
import { inWords } from './duration.ts';

/** What happened, in a line for people. No event contains keys or recipients' ids. */
export function eventText(event: TypingEvent, vendor: string): string {
  switch (event.type) {
    case 'started':
      return `${vendor} accepted the start${after(event)}`;
    case 'refreshed':
      return `${vendor} accepted a refresh${after(event)}`;
    case 'coalesced':
      return 'no request was needed';
    case 'skipped':
      return `nothing was sent (${event.reason})`;
    case 'failed':
      return `the ${event.operation} failed: ${event.error.message}`;
    case 'suspended':
      return `nothing is sent for ${inWords(event.retryAfterMs)}`;
    case 'resumed':
      return 'sending continues';
    case 'cleared':
      return `${vendor} cleared it`;
    case 'expired':
      return `it disappears within ${inWords(event.withinMs)}`;
    case 'opened':
      return 'opened';
    case 'paused':
      return 'paused';
    case 'continued':
      return 'continued';
    case 'not-shown':
      return `${vendor} cannot show the ${event.wishes.join(' and the ')}`;
    case 'fallback':
      return 'no indicator can be shown here';
    case 'fallback-failed':
      return `${event.step}() of the fallback failed`;
    case 'closed':
      return `ended: ${endings[event.reason]}`;
    case 'inbound-dropped':
      return 'an inbound event was lost';
  }
}

const endings: Readonly<Record<CloseReason, string>> = {
  stopped: 'it was stopped',
  'stop-requested': 'the person pressed Stop',
  aborted: 'its signal was aborted',
  idle: 'nobody touched it for too long',
  'max-duration': 'its time is up',
  refused: 'the vendor refused for good',
  closed: 'everything was closed',
};

function after(event: {
  readonly durationMs: number;
  readonly traceId?: string | undefined;
}): string {
  const trace = event.traceId === undefined ? '' : `, trace ${event.traceId}`;
  return ` (${Math.round(event.durationMs)} ms${trace})`;
}
