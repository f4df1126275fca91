import { Hono } from 'hono';

import type { LinqContext, LinqEnvironment, RefuseLinq } from '../refusal.ts';
import { LINQ_EVENT_TYPES } from './event.ts';
import { readWebhookInput } from './input.ts';
import type { LinqWebhookSubscription, LinqWebhookSubscriptionChange } from './subscriptions.ts';
import type { LinqBackend } from '../vendor.ts';

/** Field names as in `WebhookSubscription` of `@linqapp/sdk` 0.28.2. */
interface LinqWebhookSubscriptionBody {
  readonly id: string;
  readonly created_at: string;
  readonly is_active: boolean;
  readonly subscribed_events: readonly string[];
  readonly target_url: string;
  readonly updated_at: string;
  readonly phone_numbers: readonly string[] | null;
}

/** The part of the API that is about webhooks. @see https://docs.linqapp.com/guides/webhooks/subscriptions/ */
export function linqWebhookRoutes(linq: LinqBackend, refuse: RefuseLinq): Hono<LinqEnvironment> {
  const routes = new Hono<LinqEnvironment>();
  const { store } = linq.webhooks;

  const find = (context: LinqContext): LinqWebhookSubscription | Response => {
    const subscription = store.get(context.req.param('subscriptionId') ?? '');
    return subscription?.apiKey === context.get('apiKey') ? subscription : refuse(context, 2010);
  };

  const readChange = async (
    context: LinqContext,
    self: LinqWebhookSubscription | null,
  ): Promise<LinqWebhookSubscriptionChange | Response> => {
    // What is no JSON is refused as what is no object.
    const body: unknown = await context.req.json().catch(() => null);
    const input = readWebhookInput(body, linq.settings().httpTargets);
    if ('refusedWith' in input) {
      const { refusedWith, message } = input;
      return refuse(context, refusedWith, message === undefined ? {} : { message });
    }
    const isTaken = store
      .list()
      .some(
        (other) =>
          other.id !== self?.id &&
          other.apiKey === context.get('apiKey') &&
          other.targetUrl === input.change.targetUrl,
      );
    // That a URL can be used once is documented, what is answered to a second use is not.
    return isTaken ? refuse(context, 2015) : input.change;
  };

  routes.get('/webhook-events', (context) =>
    context.json({
      events: LINQ_EVENT_TYPES,
      doc_url: 'https://docs.linqapp.com/guides/webhooks/events',
    }),
  );

  routes.get('/webhook-subscriptions', (context) =>
    context.json({
      subscriptions: store
        .list()
        .filter(({ apiKey }) => apiKey === context.get('apiKey'))
        .map(subscriptionBody),
    }),
  );

  routes.post('/webhook-subscriptions', async (context) => {
    const change = await readChange(context, null);
    if (change instanceof Response) return change;
    const { targetUrl, subscribedEvents, phoneNumbers = null } = change;
    if (targetUrl === undefined || subscribedEvents === undefined) return refuse(context, 1001);
    const subscription = store.add(
      { apiKey: context.get('apiKey'), targetUrl, subscribedEvents, phoneNumbers },
      linq.nowMs(),
    );
    const { signingSecret } = subscription;
    // The SDK gives the shape but not the status.
    return context.json({ ...subscriptionBody(subscription), signing_secret: signingSecret }, 201);
  });

  routes.get('/webhook-subscriptions/:subscriptionId', (context) => {
    const subscription = find(context);
    return subscription instanceof Response
      ? subscription
      : context.json(subscriptionBody(subscription));
  });

  routes.put('/webhook-subscriptions/:subscriptionId', async (context) => {
    const subscription = find(context);
    if (subscription instanceof Response) return subscription;
    const change = await readChange(context, subscription);
    if (change instanceof Response) return change;
    return context.json(subscriptionBody(store.change(subscription, change, linq.nowMs())));
  });

  routes.delete('/webhook-subscriptions/:subscriptionId', (context) => {
    const subscription = find(context);
    if (subscription instanceof Response) return subscription;
    store.remove(subscription.id);
    return context.body(null, 204);
  });

  return routes;
}

function subscriptionBody(subscription: LinqWebhookSubscription): LinqWebhookSubscriptionBody {
  return {
    id: subscription.id,
    created_at: new Date(subscription.createdAtMs).toISOString(),
    is_active: subscription.isActive,
    subscribed_events: subscription.subscribedEvents,
    target_url: subscription.targetUrl,
    updated_at: new Date(subscription.updatedAtMs).toISOString(),
    phone_numbers: subscription.phoneNumbers,
  };
}
