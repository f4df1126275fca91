import type { StartReceipt, TypingProvider } from '@typingkit/core';

export const refreshMs = 4_000;

/** A provider that costs next to nothing, so that what is measured is the engine. */
export interface InstantProvider extends TypingProvider<string> {
  readonly counts: { starts: number; stops: number };
  /** Sees every start, while it is set. */
  onStart: ((target: string) => void) | undefined;
}

const receipt: StartReceipt = Object.freeze({});

/** Answers in a microtask. A target is a string and names its conversation. */
export function instantProvider(): InstantProvider {
  const counts = { starts: 0, stops: 0 };
  const provider: InstantProvider = {
    specification: 1,
    name: 'instant',
    capabilities: {
      ttl: { kind: 'fixed', ms: 10_000, source: 'documented' },
      repeat: 'extends',
      stop: 'explicit',
      clearsOnMessage: true,
      groups: true,
      refreshMs,
      minIntervalMs: 0,
      sideEffects: [],
      inbound: false,
      requires: [],
    },
    counts,
    onStart: undefined,
    parseTarget: String,
    conversationKey: (target) => target,
    start(target) {
      counts.starts += 1;
      provider.onStart?.(target);
      return Promise.resolve(receipt);
    },
    stop() {
      counts.stops += 1;
      return Promise.resolve();
    },
  };
  return provider;
}
