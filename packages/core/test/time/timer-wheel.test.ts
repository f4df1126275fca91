import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TimerWheel, WheelEntry } from '../../src/time/timer-wheel.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

const tickMs = 50;
// Within some ticks, within a turn of the wheel, and beyond it.
const span = fc.oneof(fc.nat(40), fc.nat(15_000), fc.nat(60_000), fc.nat(300_000));

/** Notes when it was woken, and does what it is told then. */
class Sleeper extends WheelEntry {
  readonly wokenAtMs: number[] = [];
  readonly #clock: VirtualClock;
  readonly #then: () => void;

  constructor(clock: VirtualClock, then: () => void = () => {}) {
    super();
    this.#clock = clock;
    this.#then = then;
  }

  override onDue(): void {
    this.wokenAtMs.push(this.#clock.now());
    this.#then();
  }
}

describe('a timer wheel', () => {
  test('wakes an entry once, at its time or up to a tick later', () => {
    const clock = virtualClock();
    const wheel = new TimerWheel(clock);
    const sleeper = new Sleeper(clock);
    wheel.schedule(sleeper, clock.now() + 12);
    clock.advance(11);
    expect(sleeper.wokenAtMs).toEqual([]);
    clock.advance(tickMs);
    expect(sleeper.wokenAtMs).toHaveLength(1);
    clock.advance(100_000);
    expect(sleeper.wokenAtMs).toHaveLength(1);
    expect(wheel.size).toBe(0);
  });

  test('needs one timer for all its entries, and none when there are none', () => {
    const clock = virtualClock();
    const wheel = new TimerWheel(clock);
    const sleepers = Array.from({ length: 50 }, () => new Sleeper(clock));
    for (const [index, sleeper] of sleepers.entries()) wheel.schedule(sleeper, 1_000 + 37 * index);
    expect(clock.pending).toBe(1);
    for (const sleeper of sleepers) wheel.cancel(sleeper);
    expect(clock.pending).toBe(0);
    expect(wheel.size).toBe(0);
  });

  test('lets the process exit', () => {
    const clock = virtualClock();
    const wheel = new TimerWheel(clock);
    wheel.schedule(new Sleeper(clock), clock.now() + 30_000);
    wheel.schedule(new Sleeper(clock), clock.now() + 10);
    clock.advance(100);
    expect(clock.pending).toBe(1);
    expect(clock.holding).toBe(0);
  });

  test('never wakes an entry that is due at no time', () => {
    const clock = virtualClock();
    const wheel = new TimerWheel(clock);
    const sleeper = new Sleeper(clock);
    wheel.schedule(sleeper, clock.now() + 10);
    wheel.schedule(sleeper, Infinity);
    clock.advance(100_000);
    expect(sleeper.wokenAtMs).toEqual([]);
    expect(wheel.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  test('wakes an entry that was moved at its new time only', () => {
    const clock = virtualClock();
    const wheel = new TimerWheel(clock);
    const sleeper = new Sleeper(clock);
    wheel.schedule(sleeper, clock.now() + 50);
    wheel.schedule(sleeper, clock.now() + 500);
    clock.advance(499);
    expect(sleeper.wokenAtMs).toEqual([]);
    clock.advance(1 + tickMs);
    expect(sleeper.wokenAtMs).toHaveLength(1);
  });

  test('keeps an entry that is due after many turns', () => {
    const clock = virtualClock();
    const wheel = new TimerWheel(clock);
    const sleeper = new Sleeper(clock);
    const dueMs = clock.now() + 3_600_000;
    wheel.schedule(sleeper, dueMs);
    clock.advance(3_600_000 - 1);
    expect(sleeper.wokenAtMs).toEqual([]);
    clock.advance(1 + tickMs);
    expect(sleeper.wokenAtMs).toHaveLength(1);
  });

  test('lets an entry schedule itself and cancel others while it runs', () => {
    const clock = virtualClock();
    const wheel = new TimerWheel(clock);
    const victim = new Sleeper(clock);
    const again: Sleeper = new Sleeper(clock, () => {
      wheel.cancel(victim);
      if (again.wokenAtMs.length < 3) wheel.schedule(again, clock.now() + tickMs);
    });
    wheel.schedule(again, clock.now() + tickMs);
    wheel.schedule(victim, clock.now() + tickMs + 10);
    clock.advance(1_000);
    expect(again.wokenAtMs).toHaveLength(3);
    expect(victim.wokenAtMs).toEqual([]);
    expect(wheel.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  test('wakes a crowd in batches, and all of it', () => {
    const clock = virtualClock();
    const wheel = new TimerWheel(clock);
    const sleepers = Array.from({ length: 2_500 }, () => new Sleeper(clock));
    for (const sleeper of sleepers) wheel.schedule(sleeper, clock.now() + 10);
    clock.advance(10 + tickMs);
    expect(sleepers.every(({ wokenAtMs }) => wokenAtMs.length === 1)).toBe(true);
    expect(wheel.size).toBe(0);
  });

  test('does what a list of entries would do, whatever is asked of it', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('schedule' as const), entry: fc.nat(7), ms: span }),
      fc.record({ do: fc.constant('cancel' as const), entry: fc.nat(7), ms: fc.constant(0) }),
      fc.record({
        do: fc.constantFrom('advance' as const, 'leap' as const),
        entry: fc.constant(0),
        ms: span,
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const clock = virtualClock();
        const wheel = new TimerWheel(clock);
        const sleepers = Array.from({ length: 8 }, () => new Sleeper(clock));
        const dueMs = new Map<Sleeper, number>();
        const mistakes: string[] = [];

        for (const { do: what, entry, ms } of steps) {
          const sleeper = sleepers[entry] ?? new Sleeper(clock);
          if (what === 'schedule') {
            dueMs.set(sleeper, clock.now() + ms);
            wheel.schedule(sleeper, clock.now() + ms);
          } else if (what === 'cancel') {
            dueMs.delete(sleeper);
            wheel.cancel(sleeper);
          } else {
            clock[what](ms);
          }
          // After a leap nothing can be on time; it must only have happened.
          const lateMs = what === 'leap' ? Infinity : tickMs;
          for (const each of sleepers) {
            const due = dueMs.get(each);
            const [wokenAtMs, ...more] = each.wokenAtMs.splice(0);
            if (more.length > 0) mistakes.push('woke twice');
            if (wokenAtMs !== undefined) {
              if (due === undefined) mistakes.push('woke, but was not to');
              else if (wokenAtMs < due) mistakes.push('woke early');
              else if (wokenAtMs - due > lateMs) mistakes.push('woke late');
              dueMs.delete(each);
            } else if (due !== undefined && clock.now() - due > tickMs) {
              mistakes.push('slept on');
            }
          }
          if (wheel.size !== dueMs.size) mistakes.push('miscounted');
          if (clock.pending !== Math.sign(dueMs.size)) mistakes.push('not one timer');
        }
        expect(mistakes).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
