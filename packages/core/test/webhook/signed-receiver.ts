import { createHmac } from 'node:crypto';
import {
  webhookHandler,
  type WebhookOptions,
  standardWebhookSignature,
} from '../../src/webhook/index.ts';

/** What the clock of a test says, unless the test says something else. */
export const nowMs = Date.parse('2026-02-05T19:31:15.000Z');
export const secret = `whsec_${Buffer.from('typingkit-test-secret-number-one').toString('base64')}`;

/** The event of a vendor that does not exist. */
export interface Ping {
  readonly id: string;
  readonly atMs?: number;
}

/** A request of that vendor, signed as Standard Webhooks are. */
export function signedPost(events: unknown, seconds: number = nowMs / 1_000): Request {
  const body = typeof events === 'string' ? events : JSON.stringify(events);
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`msg_1.${seconds}.${body}`).digest('base64');
  return new Request('https://bot.example/ping', {
    method: 'POST',
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${signature}`,
    },
    body,
  });
}

export interface SignedReceiver {
  readonly receive: (request: Request) => Promise<Response>;
  /** What reached `onEvent`. */
  readonly seen: Ping[];
  /** What reached `onFailure`. */
  readonly failures: unknown[];
}

/** The webhook of that vendor, whose clock stands still. A body is a list of events. */
export function signedReceiver(options: Partial<WebhookOptions<Ping>> = {}): SignedReceiver {
  const seen: Ping[] = [];
  const failures: unknown[] = [];
  const receive = webhookHandler<Ping>({
    provider: 'ping',
    signature: standardWebhookSignature({ secret }),
    read(body) {
      const pings = body.json();
      return Array.isArray(pings)
        ? pings.map((ping: Ping) => ({ id: ping.id, event: ping, atMs: ping.atMs }))
        : undefined;
    },
    onEvent: (event) => void seen.push(event),
    onFailure: (error) => void failures.push(error),
    now: () => nowMs,
    ...options,
  });
  return { receive, seen, failures };
}
