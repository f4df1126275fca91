/** Counts the timers that are set from now on, also those with `unref`, but not those of Node itself. */
export interface TimerWatch {
  /** How many are neither fired nor cleared. */
  running(): number;
  /** Gives the globals back. */
  end(): void;
}

/** Puts itself in place of the global timers. */
export function watchTimers(): TimerWatch {
  const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
  const running = new Set<unknown>();

  const set =
    (original: typeof setTimeout | typeof setInterval, isOnce: boolean) =>
    (run: (...args: unknown[]) => void, afterMs?: number, ...args: unknown[]): unknown => {
      const handle = original(
        (...given: unknown[]) => {
          if (isOnce) running.delete(handle);
          run(...given);
        },
        afterMs,
        ...args,
      );
      if (!isSetByNode()) running.add(handle);
      return handle;
    };
  const clear =
    (original: typeof clearTimeout) =>
    (handle: Parameters<typeof clearTimeout>[0]): void => {
      // Node takes a timer's number as well.
      for (const timer of running) {
        if (timer === handle || Number(timer) === Number(handle)) running.delete(timer);
      }
      original(handle);
    };
  put({
    setTimeout: set(setTimeout, true),
    setInterval: set(setInterval, false),
    clearTimeout: clear(clearTimeout),
    clearInterval: clear(clearInterval),
  });
  return {
    running: () => running.size,
    end: () => put({ setTimeout, setInterval, clearTimeout, clearInterval }),
  };
}

// The global `fetch` looks its timers up in the globals, too: they belong to its connections.
function isSetByNode(): boolean {
  const [, , , caller = ''] = new Error('who sets this timer?').stack?.split('\n') ?? [];
  return caller.includes('node:internal/');
}

function put(timers: object): void {
  Object.assign(globalThis, timers);
}
