export { signal, signalAddress, type SignalAddressOptions, type SignalOptions } from './signal.ts';
export { signalChannel } from './signal-channel.ts';
export type { SignalTarget } from './target.ts';
