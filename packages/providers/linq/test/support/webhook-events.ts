import { createHmac } from 'node:crypto';
import type { InboundTyping } from '@typingkit/core';
import { Webhook } from 'standardwebhooks';
import { linqWebhook, type LinqWebhookOptions } from '../../src/webhook/index.ts';
import type { LinqTarget } from '../../src/index.ts';

// Not the one of linq-vendor.ts: with it comes nock, which holds back requests that are never ended.
export const chatId = '550e8400-e29b-41d4-a716-446655440000';
/** As Linq gives them out: 32 bytes. */
export const secret = `whsec_${Buffer.from('typingkit-test-secret-number-one').toString('base64')}`;
export const otherSecret = `whsec_${Buffer.from('typingkit-test-secret-number-two').toString('base64')}`;
/** What the clock of a test says, unless the test says something else. */
export const nowMs = Date.parse('2026-02-05T19:31:15.000Z');
export const eventId = '2915e81c-5068-4796-ace2-21d2c94ad298';

/** The sample of Linq's page about webhooks, with the data of a typing event. */
export function typingEvent(changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    api_version: 'v3',
    webhook_version: '2026-02-03',
    event_type: 'chat.typing_indicator.started',
    event_id: eventId,
    created_at: '2026-02-05T19:31:13.736Z',
    trace_id: '8af9171a45022df2eb74ba4e4c83be0f',
    partner_id: 'your-partner-id',
    data: { chat_id: chatId },
    ...changes,
  });
}

export interface Signing {
  readonly key?: string;
  readonly id?: string;
  readonly seconds?: number;
}

/** The headers of Standard Webhooks, made by the library. */
export function signedByLibrary(body: string, signing: Signing = {}): Record<string, string> {
  const { key = secret, id = 'msg_1', seconds = nowMs / 1_000 } = signing;
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': new Webhook(key).sign(id, new Date(seconds * 1_000), body),
  };
}

/** The same headers, made by hand from the specification. */
export function signedByHand(body: string, signing: Signing = {}): Record<string, string> {
  const { key = secret, id = 'msg_1', seconds = nowMs / 1_000 } = signing;
  const bytes = Buffer.from(key.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', bytes).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}

/** The headers of Linq's older scheme. */
export function signedTheOldWay(
  body: string,
  { key = secret, seconds = nowMs / 1_000 }: Omit<Signing, 'id'> = {},
): Record<string, string> {
  return {
    'X-Webhook-Event': 'chat.typing_indicator.started',
    'X-Webhook-Subscription-ID': 'b2c3d4e5-f6a7-8901-bcde-f23456789012',
    'X-Webhook-Timestamp': String(seconds),
    'X-Webhook-Signature': createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex'),
  };
}

export function post(body: string | Uint8Array<ArrayBuffer>, headers: HeadersInit): Request {
  return new Request('https://bot.example/linq', { method: 'POST', headers, body });
}

/** A request that Linq could have sent. */
export function signedPost(body: string, signing: Signing = {}): Request {
  return post(body, signedByLibrary(body, signing));
}

export interface Receiver {
  readonly receive: (request: Request) => Promise<Response>;
  /** What reached `onTyping`. */
  readonly seen: InboundTyping<'imessage', LinqTarget>[];
  /** What reached `onFailure`. */
  readonly failures: unknown[];
}

/** A webhook whose clock stands still. */
export function receiver(options: Partial<LinqWebhookOptions> = {}): Receiver {
  const seen: Receiver['seen'] = [];
  const failures: unknown[] = [];
  const receive = linqWebhook({
    secret,
    onTyping: (typing) => void seen.push(typing),
    onFailure: (error) => void failures.push(error),
    now: () => nowMs,
    ...options,
  });
  return { receive, seen, failures };
}
