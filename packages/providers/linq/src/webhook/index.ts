export type { LinqMessage } from './linq-event.ts';
export { linqWebhook, type LinqWebhookOptions } from './linq-webhook.ts';
export {
  type CreatedLinqWebhookSubscription,
  type LinqWebhookSubscription,
  type LinqWebhookSubscriptions,
  linqWebhookSubscriptions,
  type LinqWebhookSubscriptionWishes,
} from './linq-webhook-subscriptions.ts';
export {
  memorySeenEvents,
  type MemorySeenEventsOptions,
  type NodeHandler,
  type NodeRequest,
  type NodeResponse,
  type SeenEvents,
  toNodeHandler,
  type WebHandler,
} from '@typingkit/core/webhook';
