/** Counts the rejections that nobody handles from now on. */
export interface RejectionWatch {
  count(): number;
  /** Gives the process its listeners back. */
  end(): void;
}

/** Takes the place of the listeners of the process: a test runner's would fail the run, not the test. */
export function watchUnhandledRejections(): RejectionWatch {
  const others = process.listeners('unhandledRejection');
  let count = 0;
  const listen = (): void => {
    count += 1;
  };
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', listen);
  return {
    count: () => count,
    end() {
      process.off('unhandledRejection', listen);
      for (const other of others) process.on('unhandledRejection', other);
    },
  };
}
