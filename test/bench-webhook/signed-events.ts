import { createHmac, createSecretKey, type KeyObject, randomUUID } from 'node:crypto';

/** One request of Linq's, as far as it differs from the next. */
export interface SignedEvent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const chats = Array.from({ length: 10_000 }, () => randomUUID());

/**
 * Events that happened just now, each in a chat of its own until there are 10,000: they start and stop in turns.
 *
 * @param secret what the receiver has to know: `whsec_` and base64.
 */
export function signedEvents(secret: string, count: number, from: number): SignedEvent[] {
  const key = createSecretKey(secret.slice('whsec_'.length), 'base64');
  return Array.from({ length: count }, (_, index) => signedEvent(key, from + index));
}

function signedEvent(key: KeyObject, index: number): SignedEvent {
  const state = Math.floor(index / chats.length) % 2 === 0 ? 'started' : 'stopped';
  const id = randomUUID();
  const body = JSON.stringify({
    api_version: 'v3',
    webhook_version: '2026-02-03',
    event_type: `chat.typing_indicator.${state}`,
    event_id: id,
    created_at: new Date().toISOString(),
    trace_id: '8af9171a45022df2eb74ba4e4c83be0f',
    partner_id: 'your-partner-id',
    data: { chat_id: chats[index % chats.length] },
  });
  const seconds = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${signature}`,
  };
  return { headers, body };
}
