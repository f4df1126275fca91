import type { InMemoryVendor } from '../../in-memory-vendor.ts';

/** When the reply and the typing got to the vendor, in milliseconds from when the bot began to think; -1 for never. */
export function orderOf(
  vendor: InMemoryVendor,
  beganAtMs: () => number,
): () => Record<string, number> {
  const since = (ms: number | undefined): number => (ms === undefined ? -1 : ms - beganAtMs());
  return () => {
    const replyAtMs = since(vendor.messages[0]?.takenAtMs);
    const typingAtMs = since(vendor.starts.at(-1)?.takenAtMs);
    return { replyAtMs, typingAtMs, typingAfterReply: typingAtMs > replyAtMs ? 1 : 0 };
  };
}
