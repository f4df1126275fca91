export { connectSafelyChannel } from './connect-safely-channel.ts';
export {
  connectSafely,
  connectSafelyAddress,
  type ConnectSafelyAddressOptions,
  type ConnectSafelyOptions,
} from './connect-safely.ts';
export type { ConversationUrnOf } from './inbound.ts';
export type { ConnectSafelyTarget } from './target.ts';
