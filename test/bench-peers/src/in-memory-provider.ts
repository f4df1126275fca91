import type { InMemoryVendor } from './in-memory-vendor.ts';
import type { TypingProvider } from './workspace-packages.ts';

/** typingkit's provider for the one chat of an {@link InMemoryVendor}. */
export function inMemoryProvider(
  vendor: InMemoryVendor,
  stop: 'explicit' | 'expires',
): TypingProvider<string> {
  return {
    specification: 1,
    name: 'in-memory',
    capabilities: {
      ttl: { kind: 'fixed', ms: vendor.ttlMs, source: 'documented' },
      repeat: 'extends',
      stop,
      clearsOnMessage: true,
      groups: true,
      minIntervalMs: 0,
      sideEffects: [],
      inbound: false,
      requires: [],
    },
    parseTarget: String,
    conversationKey: (chat) => chat,
    async start(_chat, { signal }) {
      await vendor.start(signal);
      return {};
    },
    ...(stop === 'explicit' && { stop: () => vendor.stop() }),
  };
}
