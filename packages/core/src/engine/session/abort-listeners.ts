/** Something that ends when a signal is aborted. */
export interface AbortListener {
  onAbort(): void;
}

/**
 * All that listens to one signal: a `Set` finds any of them at once. An `EventTarget` looks through its whole list for
 * every listener that comes or goes, which ten thousand sessions on the signal of a server would feel.
 */
class AbortListeners extends Set<AbortListener> implements EventListenerObject {
  handleEvent(): void {
    for (const listener of this) listener.onAbort();
  }
}

const listenersOf = new WeakMap<AbortSignal, AbortListeners>();

export function addAbortListener(signal: AbortSignal, listener: AbortListener): void {
  let listeners = listenersOf.get(signal);
  if (!listeners) {
    listeners = new AbortListeners();
    listenersOf.set(signal, listeners);
    signal.addEventListener('abort', listeners, { once: true });
  }
  listeners.add(listener);
}

/** The last one to go takes along what was left on the signal. */
export function removeAbortListener(signal: AbortSignal, listener: AbortListener): void {
  const listeners = listenersOf.get(signal);
  if (!listeners?.delete(listener) || listeners.size > 0) return;
  listenersOf.delete(signal);
  signal.removeEventListener('abort', listeners);
}
