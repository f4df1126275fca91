import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { openDeadline } from '../../src/time/deadline.ts';
import { virtualClock } from './virtual-clock.ts';

describe('a deadline', () => {
  test('aborts with the reason that was given, once the time is up and not before', () => {
    const clock = virtualClock();
    let reasons = 0;
    const deadline = openDeadline(clock, 100, () => `late ${(reasons += 1)}`);
    clock.advance(99);
    expect(deadline.signal.aborted).toBe(false);
    clock.advance(1);
    expect(deadline.signal.reason).toBe('late 1');
    clock.advance(1_000);
    expect(reasons).toBe(1);
  });

  test('says what is left, and never less than nothing', () => {
    const clock = virtualClock();
    const deadline = openDeadline(clock, 100, () => 'late');
    expect(deadline.remainingMs()).toBe(100);
    clock.advance(30);
    expect(deadline.remainingMs()).toBe(70);
    clock.advance(100);
    expect(deadline.remainingMs()).toBe(0);
  });

  test.for<[unknown]>([['enough'], [null], [0], [new RangeError('enough')]])(
    'follows the caller, with the very reason %j',
    ([reason]) => {
      const controller = new AbortController();
      const deadline = openDeadline(virtualClock(), 100, () => 'late', controller.signal);
      controller.abort(reason);
      expect(deadline.signal.reason).toBe(reason);
    },
  );

  test('is over from the start for a caller who has already gone', async () => {
    const deadline = openDeadline(virtualClock(), 100, () => 'late', AbortSignal.abort('gone'));
    expect(deadline.signal.reason).toBe('gone');
    await expect(deadline.hold(new Promise(() => {}))).rejects.toBe('gone');
  });

  test('can be ended by hand', () => {
    const deadline = openDeadline(virtualClock(), 100, () => 'late');
    deadline.abort('by hand');
    expect(deadline.signal.reason).toBe('by hand');
  });

  test('tells those who listen, once, and not those who took it back', () => {
    const deadline = openDeadline(virtualClock(), 100, () => 'late');
    const told: string[] = [];
    deadline.onAbort(() => told.push('one'));
    const takeBack = deadline.onAbort(() => told.push('two'));
    takeBack();
    expect(deadline.isAborted).toBe(false);
    deadline.abort('enough');
    deadline.abort('again');
    deadline.onAbort(() => told.push('late'));
    expect(told).toEqual(['one', 'late']);
    expect(deadline).toMatchObject({ isAborted: true, reason: 'enough' });
  });

  test('gives a signal to who asks for one, before it is over and after', () => {
    const deadline = openDeadline(virtualClock(), 100, () => 'late');
    const { signal } = deadline;
    deadline.abort('enough');
    expect(signal.reason).toBe('enough');
    expect(deadline.signal).toBe(signal);
    const other = openDeadline(virtualClock(), 100, () => 'late');
    other.abort('enough');
    expect(other.signal.reason).toBe('enough');
  });

  test('closes without a timer or a listener left, and is then silent', () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const deadline = openDeadline(clock, 100, () => 'late', controller.signal);
    // Somebody awaits what it bounds: the process has to live so long.
    expect(clock.holding).toBe(1);
    deadline.close();
    expect(clock.pending).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    controller.abort('gone');
    expect(deadline.signal.aborted).toBe(false);
  });
});

describe('work that a deadline holds', () => {
  test('settles as it would have', async () => {
    const deadline = openDeadline(virtualClock(), 100, () => 'late');
    await expect(deadline.hold(Promise.resolve('done'))).resolves.toBe('done');
    await expect(deadline.hold(Promise.reject(new RangeError('broken')))).rejects.toThrow('broken');
    expect(getEventListeners(deadline.signal, 'abort')).toEqual([]);
  });

  test('that ignores the signal is left behind', async () => {
    const clock = virtualClock();
    const deadline = openDeadline(clock, 100, () => 'late');
    const held = deadline.hold(new Promise(() => {}));
    clock.advance(100);
    await expect(held).rejects.toBe('late');
  });

  test('that fails after it was left behind is no unhandled rejection', async () => {
    const clock = virtualClock();
    const deadline = openDeadline(clock, 100, () => 'late');
    const work = Promise.withResolvers<void>();
    const held = deadline.hold(work.promise);
    clock.advance(100);
    await expect(held).rejects.toBe('late');
    work.reject(new Error('nobody listens'));
    // Vitest fails the run where one is unhandled.
    await new Promise(setImmediate);
  });
});
