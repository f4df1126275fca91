import { exitCodesOfSignals } from './exit-codes.ts';

/** Waits for the user to have enough. */
export interface Interruption {
  /** The exit code of the signal that came; nothing so far. */
  readonly exitCode: number | undefined;
  /** Lets signals have their usual effect again. */
  end(): void;
}

/**
 * Calls back at the first signal, so that the command can tidy up. At the second one the process exits at once: a user who
 * presses Ctrl-C twice does not want to wait.
 */
export function onInterruption(callback: () => void): Interruption {
  let exitCode: number | undefined;
  const listeners = Object.entries(exitCodesOfSignals).map(([signal, code]) => {
    const listener = (): void => {
      if (exitCode !== undefined) process.exit(code);
      exitCode = code;
      callback();
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  return {
    get exitCode() {
      return exitCode;
    },
    end() {
      for (const { signal, listener } of listeners) process.off(signal, listener);
    },
  };
}

/**
 * Waits for Ctrl-C, the usual end of a command that serves.
 *
 * @param forMs or for this long, if that comes first.
 */
export function interrupted(forMs?: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = forMs === undefined ? undefined : setTimeout(end, forMs);
    onInterruption(end);
  });
}
