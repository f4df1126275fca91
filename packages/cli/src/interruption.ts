import { exitCodesOfSignals } from './exit-codes.ts';
import { onOutputLoss } from './output-stream.ts';

/** Waits for the user to have enough. */
export interface Interruption {
  /** The exit code of the signal that came; nothing so far. */
  readonly exitCode: number | undefined;
  /** Lets signals have their usual effect again. */
  end(): void;
}

/**
 * Calls back, once, at the first signal or when nobody can read the output any more, so that the command can tidy up. At
 * the next Ctrl-C or SIGTERM the process exits at once: whoever presses Ctrl-C twice does not want to wait. A terminal
 * that closes may say so several times; nobody is waiting behind it.
 */
export function onInterruption(callback: () => void): Interruption {
  let exitCode: number | undefined;
  let isInterrupted = false;
  const interrupt = (): void => {
    if (isInterrupted) return;
    isInterrupted = true;
    callback();
  };
  const forget = onOutputLoss(interrupt);
  const listeners = Object.entries(exitCodesOfSignals).map(([signal, code]) => {
    const listener = (): void => {
      if (isInterrupted && signal !== 'SIGHUP') process.exit(code);
      if (!isInterrupted) exitCode = code;
      interrupt();
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  return {
    get exitCode() {
      return exitCode;
    },
    end() {
      forget();
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
