import type { TypingErrorCode } from '@typingkit/core';
import type { Moment, Outcome, Story, WireCall } from './story.ts';

export type Consequence = 'suspend' | 'end' | 'wait' | 'count';

/** What a failed start means, as the design says it. */
export function consequenceOf(code: TypingErrorCode): Consequence {
  switch (code) {
    case 'unauthenticated':
      return 'suspend';
    case 'rate-limited':
      return 'wait';
    case 'network':
    case 'timeout':
    case 'unavailable':
    case 'bad-response':
      return 'count';
    case 'forbidden':
    case 'not-found':
    case 'unsupported':
    case 'invalid-target':
    case 'rejected':
    case 'misconfigured':
    case 'unknown-channel':
    case 'stopped':
      return 'end';
  }
}

/** Whether the same request may go better a moment later. */
export function isRetryable(outcome: Outcome): boolean {
  return ['rate-limited', 'unavailable', 'network', 'timeout'].includes(outcome);
}

const never: Moment = { order: Infinity, atMs: Infinity };

/** When a call was over for the engine: it settled, was given up, or took too long. */
export function overAt({ settled, aborted, learned }: WireCall): Moment {
  const ends = [settled, aborted, learned].filter((moment) => moment !== undefined);
  return ends.reduce<Moment>((first, end) => (end.order < first.order ? end : first), never);
}

export function isOver(call: WireCall, at: Moment): boolean {
  return overAt(call).order < at.order;
}

export function isInFlight(call: WireCall, at: Moment): boolean {
  return call.sent !== undefined && call.sent.order < at.order && !isOver(call, at);
}

export function startsOf(story: Story, conversation: string): WireCall[] {
  return callsOf(story, conversation, 'start');
}

export function stopsOf(story: Story, conversation: string): WireCall[] {
  return callsOf(story, conversation, 'stop');
}

function callsOf(story: Story, conversation: string, kind: WireCall['kind']): WireCall[] {
  return story.wire.filter((call) => call.kind === kind && call.conversation === conversation);
}

export function conversationsOf(story: Story): string[] {
  return [...new Set(story.wire.map(({ conversation }) => conversation))];
}

/** Whether a one-shot send of a conversation waits for its answer at a moment. */
export function hasSender(story: Story, conversation: string, at: Moment): boolean {
  return story.calls.some(
    ({ verb, conversation: own, reply }) =>
      verb === 'send' &&
      own === conversation &&
      reply.called.order < at.order &&
      (!reply.settled || reply.settled.order > at.order),
  );
}

export function tell(call: WireCall): string {
  return `the ${call.kind} of ${call.conversation} at ${call.called.atMs} ms (#${call.called.order})`;
}
