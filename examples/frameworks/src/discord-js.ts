import { Client, Events, GatewayIntentBits, type Message, Partials } from 'discord.js';
import { defaultTyping, withTyping } from 'typingkit';

/** A bot on Discord. Call `login(DISCORD_BOT_TOKEN)`. */
export function createBot(think: (text: string) => Promise<string>): Client {
  const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
  const { DISCORD_API_URL = 'https://discord.com/api/v10' } = process.env;
  const client = new Client({
    intents: [Guilds, GuildMessages, DirectMessages, MessageContent],
    partials: [Partials.Channel], // Without it there are no direct messages.
    rest: { api: DISCORD_API_URL.replace(/\/v10$/, '') }, // discord.js appends the version.
  });

  client.on(Events.MessageCreate, (message) => {
    answer(message).catch(console.error);
  });

  async function answer(message: Message): Promise<void> {
    // None for the messages of bots, our own among them.
    for (const target of defaultTyping().targetsIn('discord', message)) {
      const text = await withTyping('discord', target, () => think(message.content));
      await message.reply(text);
    }
  }

  return client;
}
