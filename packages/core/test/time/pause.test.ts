import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { pause } from '../../src/time/pause.ts';
import { virtualClock } from './virtual-clock.ts';

describe('a pause', () => {
  test('ends after its time and not before, and leaves no listener', async () => {
    const clock = virtualClock();
    const { signal } = new AbortController();
    let isOver = false;
    const paused = pause(clock, 50, signal).then(() => {
      isOver = true;
    });
    clock.advance(49);
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    clock.advance(1);
    await paused;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('ends at once with the reason of an abort, and leaves no timer', async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const paused = pause(clock, 50, controller.signal);
    controller.abort('enough');
    await expect(paused).rejects.toBe('enough');
    expect(clock.pending).toBe(0);
  });

  test('does not begin where the signal is already aborted', async () => {
    const clock = virtualClock();
    await expect(pause(clock, 50, AbortSignal.abort('enough'))).rejects.toBe('enough');
    expect(clock.pending).toBe(0);
  });
});
