export { connectSafelyChannel } from './connect-safely-channel.ts';
export {
  connectSafelyAddress,
  type ConnectSafelyAddressOptions,
} from './connect-safely-address.ts';
export { connectSafely, type ConnectSafelyOptions } from './connect-safely.ts';
export type { ConversationUrnOf } from './inbound.ts';
export type { ConnectSafelyTarget } from './target.ts';
