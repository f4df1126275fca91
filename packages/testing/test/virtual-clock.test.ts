import { describe, expect, test } from 'vitest';
import { virtualClock } from '../src/index.ts';

describe('virtualClock', () => {
  test('stands still until it is told to go on', async () => {
    const clock = virtualClock(500);
    expect(clock.now()).toBe(500);
    await clock.advance(250);
    expect(clock.now()).toBe(750);
  });

  test('runs timers in the order in which they are due, and those due together in that of setting', async () => {
    const clock = virtualClock();
    const ran: string[] = [];
    const note = (what: string) => (): void => void ran.push(`${what} at ${clock.now()}`);
    clock.setTimer(note('late'), 300);
    clock.setTimer(note('first'), 100);
    clock.setTimer(note('second'), 100);
    clock.setTimer(note('never'), 301);
    await clock.advance(300);
    expect(ran).toEqual(['first at 100', 'second at 100', 'late at 300']);
    expect(clock.pendingTimers).toBe(1);
  });

  test('runs timers that a timer or a promise sets while it goes on', async () => {
    const clock = virtualClock();
    const ran: number[] = [];
    const wait = (ms: number): Promise<void> =>
      new Promise((resolve) => {
        clock.setTimer(resolve, ms);
      });
    const loop = async (): Promise<void> => {
      for (let round = 0; round < 3; round += 1) {
        await wait(10);
        await Promise.resolve();
        ran.push(clock.now());
      }
    };
    const looping = loop();
    await clock.advance(100);
    await looping;
    expect(ran).toEqual([10, 20, 30]);
    expect(clock.now()).toBe(100);
  });

  test('does not run a timer that was cancelled, also by another timer', async () => {
    const clock = virtualClock();
    let runs = 0;
    const count = (): void => {
      runs += 1;
    };
    const other = clock.setTimer(count, 5);
    clock.setTimer(() => other.cancel(), 4);
    await clock.advance(10);
    expect(runs).toBe(0);
  });

  test('gives promises their turn with advance(0)', async () => {
    const clock = virtualClock();
    let isDone = false;
    void (async () => {
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
      isDone = true;
    })();
    await clock.advance(0);
    expect(isDone).toBe(true);
  });

  test('refuses what a real clock could not wait for', async () => {
    const clock = virtualClock();
    for (const ms of [-1, Number.NaN, Infinity, 2 ** 31]) {
      expect(() => clock.setTimer(() => {}, ms)).toThrow(RangeError);
    }
    await expect(clock.advance(-1)).rejects.toThrow(RangeError);
    await expect(clock.advance(Infinity)).rejects.toThrow(RangeError);
  });

  test('lets what a timer throws come out of advance', async () => {
    const clock = virtualClock();
    clock.setTimer(() => {
      throw new Error('a timer failed');
    }, 1);
    await expect(clock.advance(1)).rejects.toThrow('a timer failed');
  });
});
