export type { SlackTarget } from './target.ts';
export { slackChannel } from './slack-channel.ts';
export { slack, slackAddress, type SlackAddressOptions, type SlackOptions } from './slack.ts';
