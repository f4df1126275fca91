/** A webhook of Messenger or Instagram, with one entry for a page or account. */
export function messagingWebhook(
  product: 'page' | 'instagram',
  ownerId: string,
  ...messaging: readonly object[]
): object {
  return { object: product, entry: [entry(ownerId, ...messaging)] };
}

export function entry(ownerId: string, ...messaging: readonly object[]): object {
  return { id: ownerId, time: 1_458_692_752_478, messaging };
}

/** Something that happened between a person and a page or account. */
export function event(senderId: string, what: object): object {
  return {
    sender: { id: senderId },
    recipient: { id: '100841475479486' },
    timestamp: 1_458_692_752_478,
    ...what,
  };
}

export const text = { message: { mid: 'm_1', text: 'hi' } };

/** What nobody answers, by name. */
export const silences: Readonly<Record<string, object>> = {
  echo: { message: { mid: 'm_2', text: 'hi', is_echo: true } },
  deleted: { message: { mid: 'm_2', is_deleted: true } },
  unsupported: { message: { mid: 'm_2', is_unsupported: true } },
  reaction: { reaction: { reaction: 'love', mid: 'm_1' } },
  delivery: { delivery: { mids: ['m_1'], watermark: 1 } },
  read: { read: { watermark: 1 } },
};
