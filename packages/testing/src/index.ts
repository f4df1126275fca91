export type { ConformanceOptions } from './conformance-case.ts';
export { describeProviderAddress, describeTypingProvider } from './describe-typing-provider.ts';
export {
  type FakeCall,
  type FakeFailure,
  type FakeHang,
  type FakePlan,
  type FakeProvider,
  fakeProvider,
  type FakeProviderOptions,
} from './fake-provider.ts';
export type {
  AddressFacts,
  CreateOptions,
  DiagnosisFacts,
  EventFacts,
  MessageFacts,
  ProviderFacts,
  VendorFailure,
  WireAnswer,
  WireExchange,
} from './provider-facts.ts';
export { type VirtualClock, virtualClock } from './virtual-clock.ts';
