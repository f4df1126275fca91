import { newSnowflake } from './channels.ts';
import type { DiscordChannel } from './channels.ts';

/** Who is on the other side. */
export const PERSON = { id: '42424242424242424', username: 'ada', global_name: 'Ada', bot: false };

/** Who writes with any of the keys. */
export const BOT = { id: '1234567890123456780', username: 'simulated-bot', bot: true };

/** A message as answers and the gateway have it. */
export function messageBody(
  { id, guildId }: DiscordChannel,
  author: object,
  content: string,
  atMs: number,
): object {
  return {
    id: newSnowflake(),
    channel_id: id,
    ...(guildId === null ? {} : { guild_id: guildId }),
    type: 0,
    author,
    content,
    timestamp: new Date(atMs).toISOString(),
  };
}

/** What the gateway tells when the person begins to type. */
export function typingBody({ id, guildId }: DiscordChannel, atMs: number): object {
  return {
    channel_id: id,
    ...(guildId === null ? {} : { guild_id: guildId, member: { user: PERSON } }),
    user_id: PERSON.id,
    timestamp: Math.floor(atMs / 1000),
  };
}
