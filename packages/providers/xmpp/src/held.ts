/** Something that the process waits for as long as it is held, and that can be ended. */
export interface Held {
  hold(isHeld: boolean): void;
  end(): Promise<void>;
}

/** What the process waits for unless it is unref'd. Only Node has processes that end by themselves. */
interface Handle {
  ref?(): unknown;
  unref?(): unknown;
}

export function holdHandle(handle: unknown, isHeld: boolean): void {
  if (typeof handle !== 'object' || handle === null) return;
  const known: Handle = handle;
  if (isHeld) known.ref?.();
  else known.unref?.();
}

/** Waits; whoever ends the wait lets it go on at once. */
export function heldPause(ms: number, onBegin: (pause: Held) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    onBegin({
      hold: (isHeld) => holdHandle(timer, isHeld),
      async end() {
        clearTimeout(timer);
        resolve();
      },
    });
  });
}
