import type { TypingSession } from '@typingkit/core';
import { expect, test } from 'vitest';
import { type VirtualTyping, virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };

type Temptation = (stage: VirtualTyping, session: TypingSession) => void;

const temptations = {
  'a message': ({ typing }) => typing.messageSent('chat', alice),
  'another action': (_, session) => session.update({ action: 'recording' }),
  'a further session': ({ typing }) => void typing.keep('chat', alice),
} satisfies Record<string, Temptation>;

/** When a vendor is asked that refuses for good, by a bot that opens a session and does something to it whenever one ends. */
async function timesOfStarts(minIntervalMs: number, tempt: Temptation): Promise<number[]> {
  const times: number[] = [];
  const stage = virtualTyping(
    { minIntervalMs, actions: ['typing', 'recording'] },
    { onEvent: ({ type }) => type === 'failed' && times.push(stage.clock.now()) },
  );
  const { typing, provider, clock } = stage;
  provider.failNext('forbidden', { times: 10_000 });
  const open = (): void => {
    const session = typing.keep('chat', alice);
    tempt(stage, session);
    if (times.length < 1_000) void session.closed.then(open);
  };
  open();
  await clock.advance(60_000);
  return times;
}

test.for(Object.keys(temptations) as (keyof typeof temptations)[])(
  '%s is no reason to ask at once a vendor that has just refused for good',
  async (name) => {
    for (const minIntervalMs of [0, 3_000]) {
      const times = await timesOfStarts(minIntervalMs, temptations[name]);
      const gaps = times.slice(1).map((atMs, nth) => atMs - (times[nth] ?? 0));
      expect(gaps.length).toBeGreaterThan(5);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(Math.max(1_000, minIntervalMs));
    }
  },
);
