/** A timer that can be called off. */
export interface Timer {
  cancel(): void;
  /** Lets the process exit before it runs, where the runtime knows such a thing. */
  unref?(): void;
}

/** Where time comes from. Tests bring their own, so that nothing has to wait. */
export interface Clock {
  /** Milliseconds from an arbitrary moment; never goes back. */
  now(): number;
  /** Calls `run` once, `afterMs` milliseconds from now. Keeps the process alive unless it is unref'd. */
  setTimer(run: () => void, afterMs: number): Timer;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(run, afterMs) {
    const handle: unknown = setTimeout(run, afterMs);
    return {
      // What setTimeout of this runtime returned, whatever that is.
      cancel: () => clearTimeout(handle as number),
      unref() {
        // A number in browsers and Workers, an object elsewhere.
        if (typeof handle !== 'object' || handle === null || !('unref' in handle)) return;
        if (typeof handle.unref === 'function') handle.unref();
      },
    };
  },
};
