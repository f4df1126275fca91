import type { StartReceipt, TypingReceipt } from '../../contract/typing-receipt.ts';
import type { ChannelContext } from './channel-context.ts';

/** What a caller gets to hear of a start. @param visibleForMs `Infinity`: until it is stopped. */
export function typingReceiptOf(
  { channel, provider }: ChannelContext,
  status: TypingReceipt['status'],
  visibleForMs: number,
  { traceId, warnings = [], notShown = [], vendor }: StartReceipt = {},
): TypingReceipt {
  return {
    status,
    channel,
    provider: provider.name,
    ...(Number.isFinite(visibleForMs) && { visibleForMs: Math.max(0, Math.ceil(visibleForMs)) }),
    ...(traceId !== undefined && { traceId }),
    ...(warnings.length > 0 && { warnings }),
    ...(notShown.length > 0 && { notShown }),
    ...(vendor && { vendor }),
  };
}
