import { randomUUID } from 'node:crypto';

import type { LinqEventType } from './event.ts';
import { newSigningSecret } from './signature.ts';

/** Where the simulated Linq sends its events. Times are simulated milliseconds since the Unix epoch. */
export interface LinqWebhookSubscription {
  readonly id: string;
  /** The account that it belongs to. */
  readonly apiKey: string;
  readonly targetUrl: string;
  readonly subscribedEvents: readonly LinqEventType[];
  /** Whose lines; `null`: all of them. */
  readonly phoneNumbers: readonly string[] | null;
  readonly isActive: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** The vendor shows it once, in the answer to the request that made the subscription. */
  readonly signingSecret: string;
}

type NewLinqWebhookSubscription = Pick<
  LinqWebhookSubscription,
  'apiKey' | 'targetUrl' | 'subscribedEvents' | 'phoneNumbers'
> & { readonly signingSecret?: string | undefined };

export type LinqWebhookSubscriptionChange = Partial<
  Pick<LinqWebhookSubscription, 'targetUrl' | 'subscribedEvents' | 'phoneNumbers' | 'isActive'>
>;

export interface LinqWebhookSubscriptions {
  add(options: NewLinqWebhookSubscription, nowMs: number): LinqWebhookSubscription;
  get(id: string): LinqWebhookSubscription | undefined;
  change(
    subscription: LinqWebhookSubscription,
    change: LinqWebhookSubscriptionChange,
    nowMs: number,
  ): LinqWebhookSubscription;
  remove(id: string): void;
  list(): readonly LinqWebhookSubscription[];
  clear(): void;
}

export function createLinqWebhookSubscriptions(): LinqWebhookSubscriptions {
  const subscriptions = new Map<string, LinqWebhookSubscription>();

  return {
    add({ signingSecret = newSigningSecret(), ...options }, nowMs) {
      const subscription: LinqWebhookSubscription = {
        ...options,
        id: randomUUID(),
        isActive: true,
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
        signingSecret,
      };
      subscriptions.set(subscription.id, subscription);
      return subscription;
    },
    get: (id) => subscriptions.get(id),
    change(subscription, change, nowMs) {
      const changed = { ...subscription, ...change, updatedAtMs: nowMs };
      subscriptions.set(changed.id, changed);
      return changed;
    },
    remove(id) {
      subscriptions.delete(id);
    },
    list: () => [...subscriptions.values()],
    clear() {
      subscriptions.clear();
    },
  };
}
