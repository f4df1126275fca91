export { connectSafelyChannel } from './connect-safely-channel.ts';
export { connectSafely, type ConnectSafelyOptions } from './connect-safely.ts';
export type { ConnectSafelyTarget } from './target.ts';
