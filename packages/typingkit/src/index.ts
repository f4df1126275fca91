export {
  type ChannelDescription,
  type ChannelDiagnosis,
  type CloseReason,
  createTyping,
  type DiagnoseOptions,
  type Diagnosis,
  type DiagnosisCode,
  type DiagnosisReason,
  humanDelay,
  type HumanDelayOptions,
  type InboundOptions,
  type InboundTyping,
  type KeepOptions,
  type ListenOptions,
  memoryGate,
  type ProviderAddress,
  type SendOptions,
  type SessionSnapshot,
  type SessionState,
  type StopOptions,
  type StopReceipt,
  type StreamOptions,
  type Typing,
  TypingError,
  type TypingErrorCode,
  type TypingEvent,
  type TypingOptions,
  type TypingProvider,
  type TypingReceipt,
  type TypingSession,
} from '@typingkit/core';
export { configureTyping, defaultTyping } from './default-typing.ts';
export { environmentChannels, type LazyChannels } from './environment/environment-channels.ts';
export { type EnvironmentTargets, knownProviders } from './known-providers.ts';
export * from './providers.ts';
export type { TypingChannels } from './typing-channels.ts';
export { keepTyping } from './keep-typing.ts';
export { sendTyping } from './send-typing.ts';
export { stopTyping } from './stop-typing.ts';
export { withTyping } from './with-typing.ts';
