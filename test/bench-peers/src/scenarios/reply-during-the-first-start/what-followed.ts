import type { InMemoryVendor } from '../../in-memory-vendor.ts';

/** What went on in the chat after the reply. */
export function whatFollowed(vendor: InMemoryVendor): Record<string, number> {
  const repliedAtMs = vendor.messages[0]?.begunAtMs ?? NaN;
  const late = vendor.starts.filter(({ begunAtMs }) => begunAtMs > repliedAtMs);
  return {
    startsAfterReply: late.length,
    visibleAfterReplyMs: vendor.visibleMs(repliedAtMs, vendor.clock.now()),
  };
}
