/** The two kinds of answers that a typing call gets: nothing at all, and a little JSON. */
export const vendors = ['linq', 'connectsafely'] as const;

export type Vendor = (typeof vendors)[number];

export const apiKey = 'benchmark-key-7Qv3Zx81';

/** What a client has to know of one conversation. */
export interface Conversation {
  readonly chatId: string;
  readonly conversationUrn: string;
}

/** The conversation of a number: no two have the same, so that no call is saved. */
export function conversationOf(index: number): Conversation {
  const digits = index.toString(16).padStart(12, '0');
  return {
    chatId: flat(`550e8400-e29b-41d4-a716-${digits}`),
    conversationUrn: flat(
      `urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAAbenchmark,2-${digits})`,
    ),
  };
}

/** Where a vendor takes a typing call. */
export function pathOf(vendor: Vendor, { chatId }: Conversation): string {
  return vendor === 'linq' ? `/v3/chats/${chatId}/typing` : '/messaging/typing-indicator';
}

// V8 joins strings lazily, and the first who looks at one would pay for it.
function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
