import { spawnSync } from 'node:child_process';
import { describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/time/clock.ts';

describe('the clock of the machine', () => {
  test('never goes back, not even where somebody sets the time', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const first = systemClock.now();
      vi.setSystemTime(0);
      expect(systemClock.now()).toBeGreaterThanOrEqual(first);
    } finally {
      vi.useRealTimers();
    }
  });

  test('runs a timer once, and never one that was cancelled', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const run = vi.fn<() => void>();
      const cancelled = vi.fn<() => void>();
      systemClock.setTimer(run, 50);
      systemClock.setTimer(cancelled, 50).cancel();
      vi.advanceTimersByTime(49);
      expect(run).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1_000);
      expect(run).toHaveBeenCalledOnce();
      expect(cancelled).not.toHaveBeenCalled();
    } finally {
      vi.useRealTimers();
    }
  });

  test.for<[name: string, call: string, output: string]>([
    ['keeps the process alive', '', 'ran'],
    ['does not where it is unref’d', '.unref()', ''],
  ])('sets a timer that %s', ([, call, output]) => {
    const clock = new URL('../../src/time/clock.ts', import.meta.url).href;
    const script = `
      import { systemClock } from ${JSON.stringify(clock)};
      systemClock.setTimer(() => console.log('ran'), 20)${call};`;
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--no-warnings', '--input-type=module', '--eval', script],
      { encoding: 'utf8' },
    );
    expect({ stdout: stdout.trim(), status }).toEqual({ stdout: output, status: 0 });
  });
});
