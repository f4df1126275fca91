// oxlint-disable vitest/no-conditional-expect -- what is to be expected depends on the schedule
import { createTyping, type TypingSession } from '@typingkit/core';
import { fakeProvider, virtualClock } from '@typingkit/testing/fake';
import fc from 'fast-check';
import { expect, test } from 'vitest';

/** What callers do to the sessions of one conversation that are asked, work, and say what they do. */
type Step =
  | { readonly do: 'keep'; readonly delayMs: number }
  | { readonly do: 'work'; readonly workMs: number; readonly fails: boolean }
  | { readonly do: 'pause' | 'resume' | 'stop' | 'message' | 'touch'; readonly nth: number }
  | { readonly do: 'update'; readonly nth: number; readonly status: string }
  | { readonly do: 'fail' | 'hang' }
  | { readonly do: 'advance'; readonly ms: number };

const nth = fc.nat({ max: 3 });
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('keep'), delayMs: fc.constantFrom(0, 0, 700) }),
    fc.record({
      do: fc.constant('work'),
      workMs: fc.integer({ min: 0, max: 20_000 }),
      fails: fc.boolean(),
    }),
    fc.record({
      do: fc.constantFrom('pause', 'pause', 'resume', 'resume', 'stop', 'message', 'touch'),
      nth,
    }),
    fc.record({ do: fc.constant('update'), nth, status: fc.constantFrom('one', 'two') }),
    fc.record({ do: fc.constantFrom('fail', 'hang') }),
    fc.record({ do: fc.constant('advance'), ms: fc.integer({ min: 0, max: 12_000 }) }),
  ),
  { minLength: 2, maxLength: 25 },
);

/** Longer than a circuit and the timeout of a start that hangs. */
const settledMs = 60_000;

const conducts = [
  { stop: 'explicit', status: true },
  { stop: 'explicit', status: false },
  { stop: 'expires', status: true },
] as const;

test.for(conducts)(
  'whoever pauses is silent, and whoever goes on shows, where the vendor is %o',
  { timeout: 60_000 },
  async ({ stop, status }) => {
    await fc.assert(
      fc.asyncProperty(steps, async (schedule) => {
        const clock = virtualClock();
        const capabilities = { stop, status, minIntervalMs: 2_000 };
        const provider = fakeProvider<{ chat: string }>({ capabilities });
        const typing = createTyping({
          channels: { chat: provider },
          clock,
          random: () => 0,
          onEvent: () => {},
        });
        const target = { chat: 'alice' };
        const sessions: TypingSession[] = [];
        const works: Promise<unknown>[] = [];
        const caps = { idleTimeoutMs: 1_000_000, maxDurationMs: 2_000_000 };
        const wrong = new Error('the work');

        const session = (which: number): TypingSession | undefined =>
          sessions[which % Math.max(1, sessions.length)];
        const take = async (step: Step): Promise<void> => {
          switch (step.do) {
            case 'keep':
              sessions.push(typing.keep('chat', target, { ...caps, delayMs: step.delayMs }));
              return;
            case 'work': {
              const { fails, workMs } = step;
              const work = new Promise((resolve, reject) => {
                clock.setTimer(() => (fails ? reject(wrong) : resolve(workMs)), workMs);
              });
              const value = typing.with('chat', target, work);
              works.push(
                fails ? expect(value).rejects.toBe(wrong) : expect(value).resolves.toBe(workMs),
              );
              return;
            }
            case 'pause':
              session(step.nth)?.pause();
              return;
            case 'resume':
              session(step.nth)?.resume();
              return;
            case 'stop':
              void session(step.nth)?.stop();
              return;
            case 'message':
              session(step.nth)?.messageSent();
              return;
            case 'touch':
              session(step.nth)?.touch();
              return;
            case 'update':
              session(step.nth)?.update({ status: step.status });
              return;
            case 'fail':
              provider.failNext('unavailable');
              return;
            case 'hang':
              provider.hangNext();
              return;
            case 'advance':
              await clock.advance(step.ms);
          }
        };
        for (const step of schedule) await take(step);
        // Instructions that nobody has used up would disturb what follows.
        provider.reset();
        await clock.advance(settledMs);

        // Work is over by now: only sessions are left, and each of them does what was said last.
        await Promise.all(works);
        const alive = sessions.filter(({ state }) => state !== 'closed');
        const isHeld = alive.some(({ state }) => state !== 'paused');
        for (const { state } of alive) expect(['paused', 'active']).toContain(state);
        if (isHeld) expect(provider.starts.length).toBeGreaterThan(0);

        // All pause: the clear goes out where the vendor has one, and then nothing.
        for (const each of alive) each.pause();
        await clock.advance(1_000);
        const { length } = provider.calls;
        if (isHeld && stop === 'explicit') expect(provider.calls.at(-1)?.operation).toBe('stop');
        await clock.advance(settledMs);
        expect(provider.calls).toHaveLength(length);
        expect(alive.every(({ state }) => state === 'paused')).toBe(true);

        // One goes on: it shows again, with the last word that was said by anybody who holds it.
        alive[0]?.resume();
        alive[0]?.update({ status: 'the last word' });
        await clock.advance(12_000);
        if (alive[0]) {
          expect(alive[0].state).toBe('active');
          expect(provider.starts.at(-1)?.options.status).toBe('the last word');
        }

        await typing.close();
        await clock.advance(settledMs);
        expect(typing.sessions()).toEqual([]);
        expect(clock.pendingTimers).toBe(0);
      }),
      { numRuns: 60 },
    );
  },
);
