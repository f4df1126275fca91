export { mattermostChannel } from './mattermost-channel.ts';
export {
  mattermost,
  mattermostAddress,
  type MattermostAddressOptions,
  type MattermostOptions,
} from './mattermost.ts';
export type { MattermostTarget } from './target.ts';
