export type {
  ChannelDescription,
  ChannelSetting,
  TargetField,
} from './contract/channel-description.ts';
export {
  type Diagnosis,
  type DiagnosisCode,
  diagnosisOf,
  type DiagnosisReason,
} from './contract/diagnosis.ts';
export type {
  InboundEvent,
  InboundTyping,
  ProviderInboundEvent,
  StopRequest,
} from './contract/inbound-event.ts';
export type { ProviderAddress } from './contract/provider-address.ts';
export type {
  IndicatorLifetime,
  TypingBudget,
  TypingCapabilities,
} from './contract/typing-capabilities.ts';
export {
  type RateLimitScope,
  TypingError,
  type TypingErrorCode,
  type TypingErrorDetails,
  type TypingOperation,
} from './contract/typing-error.ts';
export type { CallOptions, StartOptions, TypingProvider } from './contract/typing-provider.ts';
export type {
  StartReceipt,
  StartWish,
  StopReceipt,
  TypingReceipt,
  TypingWarning,
  VendorDetails,
} from './contract/typing-receipt.ts';
export type { ChannelDiagnosis, DiagnoseOptions } from './api/diagnosis.ts';
export type { StartWishes } from './api/start-wishes.ts';
export type { TypingFallback } from './api/fallback.ts';
export type { SessionSnapshot } from './api/session-snapshot.ts';
export type { SessionNames, TypingEvent, TypingEventSource } from './api/event.ts';
export type {
  CloseReason,
  KeepOptions,
  SessionState,
  SessionUpdate,
  TypingSession,
} from './api/session.ts';
export type { ReadableChunks, StreamOptions, TypingStream, TypingWork } from './api/session.ts';
export { createTyping, type TypingOptions } from './engine/create-typing.ts';
export type {
  ChannelSource,
  ChannelSources,
  ChannelTargets,
  CloseOptions,
  RateLimitedOptions,
  SendOptions,
  StopOptions,
  TargetsOf,
  Typing,
} from './api/typing.ts';
export type {
  InboundOf,
  InboundOptions,
  ListenOptions,
  TypingInbound,
  UntilIdleOptions,
} from './api/inbound.ts';
export { humanDelay, type HumanDelayOptions } from './human/human-delay.ts';
export { type FieldWords, parseOptions, parseTarget } from './input/parse-input.ts';
export type { StandardIssue, StandardResult, StandardSchema } from './input/standard-schema.ts';
export { type Clock, systemClock, type Timer } from './time/clock.ts';
export type { Pause, PausedBy } from './api/pause.ts';
export type {
  ConnectedGate,
  Gate,
  GateAccount,
  GateConversation,
  GateEngine,
  Restored,
  StartOutcome,
  StartUse,
  StopVerdict,
  Verdict,
} from './engine/limits/gate.ts';
export { memoryGate } from './engine/limits/memory-gate.ts';
export { type PolicyTiming, policyTimings } from './engine/limits/policy.ts';
