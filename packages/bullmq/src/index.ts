export type { AnywhereSession } from './anywhere-session.ts';
export type { HouseOptions } from './house.ts';
export {
  type RedisSeenEvents,
  redisSeenEvents,
  type RedisSeenEventsOptions,
} from './redis-seen-events.ts';
export type { AddressSource, AddressSources, TargetsAt } from './addresses.ts';
export type { RemoteKeepOptions, RemoteSendOptions } from './remote-options.ts';
export type { RemoteSession } from './remote-session.ts';
export { type RemoteTyping, remoteTyping, type RemoteTypingOptions } from './remote-typing.ts';
export type { RedisCluster, RedisOptions, RedisSource } from './redis/redis-source.ts';
export { type SharedTyping, sharedTyping, type SharedTypingOptions } from './shared-typing.ts';
