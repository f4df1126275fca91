export { linqTypingWebhook } from './linq-typing-webhook.ts';
export {
  type CreatedLinqWebhookSubscription,
  type LinqWebhookSubscription,
  type LinqWebhookSubscriptions,
  linqWebhookSubscriptions,
  type LinqWebhookSubscriptionWishes,
} from './linq-webhook-subscriptions.ts';
export { memorySeenEvents, type MemorySeenEventsOptions } from './memory-seen-events.ts';
export type { NodeRequest, NodeResponse } from './node-exchange.ts';
export type { SeenEvents } from './seen-events.ts';
export { type NodeHandler, toNodeHandler, type WebHandler } from './to-node-handler.ts';
export type { LinqTypingWebhookOptions } from './webhook-options.ts';
