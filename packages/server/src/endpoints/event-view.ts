import type { TypingEvent } from '@typingkit/core';
import { dateOf } from '../events/engine-time.ts';
import type { LoggedEvent } from '../events/event-log.ts';
import { problemOf } from '../problems/problem-of-error.ts';
import type { Served } from './endpoint.ts';

/** An event as a client sees it: moments as dates, the error as a problem, the conversation under its masked name. */
export function eventView(
  { clock, masks }: Served,
  { number, atMs, event }: LoggedEvent,
  targets: 'shown' | 'masked' = 'masked',
): object {
  const { nextStartAtMs, untilMs, error, ...rest } = { ...noTimes, ...event };
  const { channel, conversation } = event;
  return {
    number,
    at: new Date(atMs).toISOString(),
    ...rest,
    ...(conversation !== undefined && { conversation: masks.of(channel, conversation) }),
    ...(targets === 'shown' && { conversationKey: conversation }),
    nextStartAt: dateOf(clock, nextStartAtMs),
    until: dateOf(clock, untilMs),
    problem: error && problemOf(error),
  };
}

const noTimes: {
  readonly nextStartAtMs?: number | undefined;
  readonly untilMs?: number | undefined;
  readonly error?: Extract<TypingEvent, { type: 'failed' }>['error'] | undefined;
} = {};
