import { createHmac, randomBytes } from 'node:crypto';

import type { LinqSettings } from '../settings.ts';

export interface UnsignedWebhook {
  readonly eventId: string;
  readonly eventType: string;
  readonly subscriptionId: string;
  readonly signingSecret: string;
  readonly timestampSeconds: number;
  readonly body: string;
}

const PREFIX = 'whsec_';

export function newSigningSecret(): string {
  return `${PREFIX}${randomBytes(32).toString('base64')}`;
}

/**
 * The headers of both schemes. Standard Webhooks takes the bytes behind `whsec_` as the key; the legacy scheme takes the
 * characters of the whole secret and leaves the id out of what it signs.
 * @see https://www.standardwebhooks.com
 */
export function webhookHeaders(
  webhook: UnsignedWebhook,
  signatures: LinqSettings['webhookSignatures'],
): Readonly<Record<string, string>> {
  const timestamp = String(webhook.timestampSeconds);
  const standard = {
    'webhook-id': webhook.eventId,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${createHmac('sha256', standardKey(webhook.signingSecret))
      .update(`${webhook.eventId}.${timestamp}.${webhook.body}`)
      .digest('base64')}`,
  };
  const legacy = {
    'X-Webhook-Event': webhook.eventType,
    'X-Webhook-Subscription-ID': webhook.subscriptionId,
    'X-Webhook-Timestamp': timestamp,
    'X-Webhook-Signature': createHmac('sha256', webhook.signingSecret)
      .update(`${timestamp}.${webhook.body}`)
      .digest('hex'),
  };
  return {
    'content-type': 'application/json',
    ...(signatures === 'legacy' ? {} : standard),
    ...(signatures === 'standard' ? {} : legacy),
  };
}

function standardKey(signingSecret: string): Buffer {
  const encoded = signingSecret.startsWith(PREFIX)
    ? signingSecret.slice(PREFIX.length)
    : signingSecret;
  return Buffer.from(encoded, 'base64');
}
