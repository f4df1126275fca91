export { startSimulator } from './simulator.ts';
export type { Simulator, SimulatorOptions, VendorAddress } from './simulator-interface.ts';
export type { BubbleInterval, ConversationFact, HiddenBecause } from './recipient/bubble.ts';
export type { SimulatedClock } from './time/clock.ts';
export type {
  LinkedInAccount,
  LinkedInAccountChange,
  LinkedInAccountState,
} from './connectsafely/accounts.ts';
export type {
  ConnectSafelyVendor,
  LinkedInConversation,
  LinkedInConversationOptions,
} from './connectsafely/vendor.ts';
export type {
  ConnectSafelySettings,
  ConnectSafelySettingsChange,
} from './connectsafely/settings.ts';
export type {
  Fault,
  FaultEffect,
  FaultMatch,
  FaultOutcome,
  QueuedFault,
  SuccessFalse,
} from './faults/fault.ts';
export type { FaultQueue } from './faults/faults.ts';
export type { LinqChat, LinqChatChange, LinqChatOptions, LinqService } from './linq/chats.ts';
export type { LinqEra } from './linq/era.ts';
export type { LinqSettings, LinqSettingsChange } from './linq/settings.ts';
export type { PersonTypes } from './linq/person.ts';
export type { LinqVendor } from './linq/vendor.ts';
export type { ReleaseOrder, WebhookDelivery } from './linq/webhooks/delivery.ts';
export type { LinqEventType } from './linq/webhooks/event.ts';
export type { LinqWebhookSubscription } from './linq/webhooks/subscriptions.ts';
export type { LinqWebhookOptions, LinqWebhooks } from './linq/webhooks/webhooks.ts';
export type { SimulatorEvent, SimulatorListener } from './observing/observer.ts';
export type { RateLimit } from './rate-limit.ts';
export type { LoggedRequest, RequestFilter } from './observing/request-log.ts';
export type { VendorName } from './vendor-name.ts';
