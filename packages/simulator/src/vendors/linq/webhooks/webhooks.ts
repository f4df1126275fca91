import type { WebhookDelivery } from '../../../observing/webhook-delivery.ts';
import { OUR_NUMBER } from '../chat-body.ts';
import type { LinqSettings } from '../settings.ts';
import { createWebhookSender } from './delivery.ts';
import type { ReleaseOrder } from './delivery.ts';
import { LINQ_EVENT_TYPES, newLinqEvent } from './event.ts';
import type { LinqEvent, LinqEventType } from './event.ts';
import { createLinqWebhookSubscriptions } from './subscriptions.ts';
import type { LinqWebhookSubscription, LinqWebhookSubscriptions } from './subscriptions.ts';
import type { Schedule } from '../../../time/schedule.ts';

export interface LinqWebhookOptions {
  /** http or https, with `?version=` for the version of the payload. */
  readonly targetUrl: string;
  /** Default: all there are. */
  readonly subscribedEvents?: readonly LinqEventType[] | undefined;
  /** Default: all lines. */
  readonly phoneNumbers?: readonly string[] | undefined;
  /** `whsec_` and base64. Default: a random one. */
  readonly signingSecret?: string | undefined;
  /** Whose chats. Default: those of the first key. */
  readonly apiKey?: string | undefined;
}

/** What a test does to the webhooks of the simulated Linq from behind. */
export interface LinqWebhooks {
  /**
   * Sends what happens straight to a URL, without the API and its rule of https. Throws a `TypeError` for what is no
   * http(s) URL.
   */
  subscribe(options: LinqWebhookOptions): LinqWebhookSubscription;
  /** Also those that were made over the API. */
  subscriptions(): readonly LinqWebhookSubscription[];
  /** Makes an event of any type happen, with any data, and answers its id. */
  send(eventType: LinqEventType, data: Readonly<Record<string, unknown>>): string;
  /** Delivers an event again, with the same id and a new signature. Throws an `Error` for an id that never was. */
  redeliver(eventId: string): void;
  /** Keeps events back from now on, until `release`. Those that are sent again are not held. */
  hold(): void;
  /** Lets the events go that `hold` kept back, one after the other. Default: `in-order`. */
  release(order?: ReleaseOrder): void;
  /** Every attempt, oldest first. */
  deliveries(): readonly WebhookDelivery[];
  /** Resolves when no delivery is under way; those that wait to be sent again do not count. */
  settled(): Promise<void>;
}

export interface LinqWebhookBackend extends LinqWebhooks {
  readonly store: LinqWebhookSubscriptions;
  /** `send` for the subscribers of one account. Answers the event, whoever hears of it. */
  sendFor(apiKey: string, eventType: LinqEventType, data: LinqEvent['data']): LinqEvent;
  /** Breaks off what is under way. */
  stop(): void;
  clear(): void;
}

export interface LinqWebhookParts {
  readonly schedule: Schedule;
  readonly settings: () => LinqSettings;
  /** The machine's own time. */
  readonly realNow: () => number;
  readonly onDelivery: (delivery: WebhookDelivery) => void;
}

export function createLinqWebhooks(parts: LinqWebhookParts): LinqWebhookBackend {
  const { schedule, settings } = parts;
  const store = createLinqWebhookSubscriptions();
  const sent = new Map<string, { event: LinqEvent; subscriptionIds: readonly string[] }>();
  const webhookNowMs = (): number =>
    settings().webhookTime === 'real' ? parts.realNow() : schedule.clock.now();
  const sender = createWebhookSender({
    ...parts,
    webhookNowMs,
    subscription: (id) => store.get(id),
  });
  const firstKey = (): string => settings().apiKeys[0] ?? 'no key at all';

  const sendFor: LinqWebhookBackend['sendFor'] = (apiKey, eventType, data) => {
    const event = newLinqEvent(eventType, data, webhookNowMs());
    const subscriptionIds = store
      .list()
      .filter(
        (subscription) =>
          subscription.apiKey === apiKey &&
          subscription.subscribedEvents.includes(eventType) &&
          (subscription.phoneNumbers?.includes(OUR_NUMBER) ?? true),
      )
      .map(({ id }) => id);
    sent.set(event.eventId, { event, subscriptionIds });
    for (const id of subscriptionIds) sender.send(event, id);
    return event;
  };

  return {
    store,
    sendFor,
    subscribe({ targetUrl, subscribedEvents, phoneNumbers, signingSecret, apiKey }) {
      if (!/^https?:$/.test(URL.parse(targetUrl)?.protocol ?? '')) {
        throw new TypeError(`A webhook goes to an http(s) URL, got ${JSON.stringify(targetUrl)}.`);
      }
      return store.add(
        {
          apiKey: apiKey ?? firstKey(),
          targetUrl,
          subscribedEvents: subscribedEvents ?? LINQ_EVENT_TYPES,
          phoneNumbers: phoneNumbers ?? null,
          signingSecret,
        },
        schedule.clock.now(),
      );
    },
    subscriptions: () => store.list(),
    send: (eventType, data) => sendFor(firstKey(), eventType, data).eventId,
    redeliver(eventId) {
      const known = sent.get(eventId);
      if (known === undefined) throw new Error(`The simulated Linq has sent no event ${eventId}.`);
      for (const id of known.subscriptionIds) sender.send(known.event, id);
    },
    hold() {
      sender.hold();
    },
    release(order = 'in-order') {
      sender.release(order);
    },
    deliveries: () => sender.deliveries(),
    settled: () => sender.settled(),
    stop() {
      sender.stop();
    },
    clear() {
      store.clear();
      sent.clear();
      sender.clear();
    },
  };
}
