export { zulipChannel } from './zulip-channel.ts';
export { zulip, zulipAddress, type ZulipAddressOptions, type ZulipOptions } from './zulip.ts';
export type { ZulipTarget } from './target.ts';
