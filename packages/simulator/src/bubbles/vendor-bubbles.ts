import type { SimulatedClock } from '../time/clock.ts';
import type { VendorBubbles } from '../vendors/vendor.ts';
import type { VendorName } from '../vendors/vendor-registry.ts';
import type { BubbleRules } from './bubble.ts';
import type { ConversationLog } from './conversation-log.ts';

/** The bubbles of one vendor, by its rules. */
export function createVendorBubbles(
  vendor: VendorName,
  rules: BubbleRules,
  log: ConversationLog,
  clock: SimulatedClock,
): VendorBubbles {
  return {
    open(conversation) {
      log.open(vendor, conversation);
    },
    has: (conversation) => log.has(vendor, conversation),
    start(conversation, { lifetimeMs, repeat, shows = null, hiddenBecause = null } = {}) {
      log.record(vendor, conversation, {
        kind: 'start',
        atMs: clock.now(),
        lifetimeMs: lifetimeMs === undefined ? rules.lifetimeMs : lifetimeMs,
        repeat: repeat ?? rules.repeat,
        shows,
        hiddenBecause,
      });
    },
    stop(conversation) {
      log.record(vendor, conversation, { kind: 'stop', atMs: clock.now() });
    },
    message(conversation) {
      const clears = rules.messageClears;
      log.record(vendor, conversation, { kind: 'message', atMs: clock.now(), clears });
    },
    opened(conversation) {
      log.record(vendor, conversation, { kind: 'opened', atMs: clock.now() });
    },
    facts: (conversation) => log.facts(conversation, vendor),
  };
}
