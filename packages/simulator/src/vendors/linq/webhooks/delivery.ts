import type { WebhookDelivery } from '../../../observing/webhook-delivery.ts';
import type { Schedule } from '../../../time/schedule.ts';
import type { LinqSettings } from '../settings.ts';
import { linqEventBody } from './event.ts';
import type { LinqEvent } from './event.ts';
import { webhookHeaders } from './signature.ts';
import type { LinqWebhookSubscription } from './subscriptions.ts';

/** How the deliveries go out that `hold` kept back. */
export type ReleaseOrder = 'in-order' | 'reversed';

export interface WebhookSender {
  send(event: LinqEvent, subscriptionId: string): void;
  hold(): void;
  release(order: ReleaseOrder): void;
  deliveries(): readonly WebhookDelivery[];
  settled(): Promise<void>;
  /** Breaks off what is under way. */
  stop(): void;
  clear(): void;
}

export interface WebhookSenderParts {
  readonly schedule: Schedule;
  readonly settings: () => LinqSettings;
  /** The time that webhooks go by. */
  readonly webhookNowMs: () => number;
  readonly subscription: (id: string) => LinqWebhookSubscription | undefined;
  readonly onDelivery: (delivery: WebhookDelivery) => void;
}

/**
 * When a failed delivery is sent again: "up to 10 times over about 25 minutes, exponential" is all that is documented.
 * Doubling from 1.5 s ten times makes 25 minutes and 34 seconds.
 * @see https://docs.linqapp.com/guides/webhooks/
 */
const RETRY_DELAYS_MS: readonly number[] = Array.from({ length: 10 }, (_, n) => 1500 * 2 ** n);

/** How long a receiver has, in real time. The vendor only asks for a quick answer. */
const ANSWER_WITHIN_MS = 10_000;

export function createWebhookSender(parts: WebhookSenderParts): WebhookSender {
  const { schedule, settings, webhookNowMs } = parts;
  let log: WebhookDelivery[] = [];
  let held: (() => void)[] | null = null;
  /** What is under way for each subscription: its events go out one after the other. */
  let lines = new Map<string, Promise<void>>();
  let underWay = new Set<Promise<void>>();
  let epoch = new AbortController();

  const attempt = async (
    event: LinqEvent,
    subscriptionId: string,
    number: number,
  ): Promise<void> => {
    const { signal } = epoch;
    const subscription = parts.subscription(subscriptionId);
    if (subscription?.isActive !== true) return;
    const { targetUrl } = subscription;
    const atMs = schedule.clock.now();
    const answer = await post(event, subscription, signal);
    if (signal.aborted) return;
    const delayMs = isRetried(answer.status) ? RETRY_DELAYS_MS[number - 1] : undefined;
    const delivery: WebhookDelivery = {
      eventId: event.eventId,
      eventType: event.eventType,
      subscriptionId,
      targetUrl,
      attempt: number,
      atMs,
      ...answer,
      nextAttemptAtMs: delayMs === undefined ? null : atMs + delayMs,
    };
    log.push(delivery);
    parts.onDelivery(delivery);
    if (delivery.nextAttemptAtMs === null) return;
    schedule.at(delivery.nextAttemptAtMs, () => {
      track(attempt(event, subscriptionId, number + 1));
    });
  };

  const post = async (
    event: LinqEvent,
    { id, targetUrl, signingSecret }: LinqWebhookSubscription,
    signal: AbortSignal,
  ): Promise<Pick<WebhookDelivery, 'status' | 'error'>> => {
    const body = JSON.stringify(linqEventBody(event, targetUrl));
    const headers = webhookHeaders(
      {
        ...event,
        subscriptionId: id,
        signingSecret,
        timestampSeconds: Math.floor(webhookNowMs() / 1000),
        body,
      },
      settings().webhookSignatures,
    );
    try {
      const response = await fetch(targetUrl, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      await response.body?.cancel();
      return { status: response.status, error: null };
    } catch (error) {
      return { status: null, error: nameOf(error) };
    }
  };

  const track = (work: Promise<void>): void => {
    const mine = underWay;
    mine.add(work);
    void work.finally(() => mine.delete(work));
  };

  const sendNow = (event: LinqEvent, subscriptionId: string): void => {
    const copies = Array.from({ length: settings().webhookCopies });
    const before = lines.get(subscriptionId) ?? Promise.resolve();
    const work = before.then(async () => {
      await Promise.all(copies.map(() => attempt(event, subscriptionId, 1)));
    });
    lines.set(subscriptionId, work);
    track(work);
  };

  return {
    send(event, subscriptionId) {
      const go = (): void => {
        sendNow(event, subscriptionId);
      };
      if (held === null) go();
      else held.push(go);
    },
    hold() {
      held ??= [];
    },
    release(order) {
      const waiting = held ?? [];
      held = null;
      for (const go of order === 'reversed' ? waiting.toReversed() : waiting) go();
    },
    deliveries: () => [...log],
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop() {
      epoch.abort();
    },
    clear() {
      epoch.abort();
      epoch = new AbortController();
      log = [];
      held = null;
      lines = new Map();
      underWay = new Set();
    },
  };
}

function isRetried(status: number | null): boolean {
  return status === null || status === 429 || status >= 500;
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  const { cause } = error;
  const hasCode = cause instanceof Error && 'code' in cause && typeof cause.code === 'string';
  return hasCode ? String(cause.code) : error.name;
}
