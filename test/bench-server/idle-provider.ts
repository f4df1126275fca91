import type { TypingProvider } from '@typingkit/core';

/** How often a session refreshes, in milliseconds. */
const cadenceMs = 4_000;

/** A provider in the process that answers at once, so that what is measured is the server. */
export interface IdleProvider extends TypingProvider {
  readonly counts: { starts: number; stops: number };
}

export function idleProvider(): IdleProvider {
  const counts = { starts: 0, stops: 0 };
  return {
    specification: 1,
    name: 'idle',
    capabilities: {
      ttl: { kind: 'fixed', ms: 10_000, source: 'documented' },
      repeat: 'extends',
      stop: 'explicit',
      clearsOnMessage: true,
      groups: true,
      refreshMs: cadenceMs,
      minIntervalMs: 0,
      sideEffects: [],
      inbound: false,
      requires: [],
    },
    counts,
    // Requests bring an object, as they do for every channel.
    parseTarget: (input) => String((input as { readonly id: unknown }).id),
    conversationKey: String,
    async start() {
      counts.starts += 1;
      return {};
    },
    async stop() {
      counts.stops += 1;
    },
  };
}
