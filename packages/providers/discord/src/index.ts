export { discordChannel } from './discord-channel.ts';
export {
  discord,
  discordAddress,
  type DiscordAddressOptions,
  type DiscordOptions,
} from './discord.ts';
export type { DiscordTarget } from './target.ts';
