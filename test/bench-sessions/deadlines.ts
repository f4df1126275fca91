import { systemClock } from '../../packages/core/src/time/clock.ts';
import { TimerWheel, WheelEntry } from '../../packages/core/src/time/timer-wheel.ts';

export const kinds = ['setTimeout', 'TimerWheel'] as const;

/** Many deadlines, one for each index. */
export interface Deadlines {
  /** Moves the deadline of an index. */
  set(index: number, afterMs: number): void;
  clear(): void;
}

/** @param onDue runs when a deadline is reached. */
export function deadlines(
  kind: (typeof kinds)[number],
  count: number,
  onDue: (index: number) => void,
): Deadlines {
  return kind === 'setTimeout' ? onNodeTimers(count, onDue) : onWheel(count, onDue);
}

function onNodeTimers(count: number, onDue: (index: number) => void): Deadlines {
  const timeouts: (NodeJS.Timeout | undefined)[] = Array.from({ length: count });
  return {
    set(index, afterMs) {
      clearTimeout(timeouts[index]);
      timeouts[index] = setTimeout(onDue, afterMs, index).unref();
    },
    clear() {
      for (const timeout of timeouts) clearTimeout(timeout);
    },
  };
}

function onWheel(count: number, onDue: (index: number) => void): Deadlines {
  class Entry extends WheelEntry {
    readonly #index: number;

    constructor(index: number) {
      super();
      this.#index = index;
    }

    override onDue(): void {
      onDue(this.#index);
    }
  }

  const wheel = new TimerWheel(systemClock);
  const entries: (Entry | undefined)[] = Array.from({ length: count });
  return {
    set(index, afterMs) {
      const entry = (entries[index] ??= new Entry(index));
      wheel.schedule(entry, Math.floor(systemClock.now()) + afterMs);
    },
    clear() {
      for (const entry of entries) if (entry) wheel.cancel(entry);
    },
  };
}
