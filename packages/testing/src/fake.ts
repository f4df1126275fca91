export {
  type FakeCall,
  type FakeFailure,
  type FakeHang,
  type FakePlan,
  type FakeProvider,
  fakeProvider,
  type FakeProviderOptions,
} from './fake-provider.ts';
export { type VirtualClock, virtualClock } from './virtual-clock.ts';
