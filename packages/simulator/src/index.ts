export { startSimulator } from './simulator.ts';
export type { Simulator, SimulatorOptions, VendorAddress } from './simulator.ts';
export type { BubbleInterval, ConversationFact, HiddenBecause } from './bubble.ts';
export type { SimulatedClock } from './clock.ts';
export type {
  ConnectSafelyVendor,
  LinkedInAccount,
  LinkedInConversation,
  LinkedInConversationOptions,
} from './connectsafely-vendor.ts';
export type {
  ConnectSafelySettings,
  ConnectSafelySettingsChange,
} from './connectsafely-settings.ts';
export type {
  Fault,
  FaultEffect,
  FaultMatch,
  FaultOutcome,
  FaultQueue,
  QueuedFault,
  SuccessFalse,
  VendorName,
} from './faults.ts';
export type { LinqChat, LinqChatChange, LinqChatOptions, LinqService } from './linq-chats.ts';
export type { LinqEra } from './linq-era.ts';
export type { LinqSettings, LinqSettingsChange } from './linq-settings.ts';
export type { LinqVendor } from './linq-vendor.ts';
export type { RateLimit } from './rate-limit.ts';
export type { LoggedRequest, RequestFilter } from './request-log.ts';
