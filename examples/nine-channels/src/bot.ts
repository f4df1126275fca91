import { Hono } from 'hono';
import {
  configureTyping,
  connectSafely,
  defaultTyping,
  environmentChannels,
  type TypingChannels,
  type TypingOptions,
  withTyping,
} from 'typingkit';
import { listenToDiscord } from './discord-gateway.ts';
import { conversationUrnOf, lookUpConversation } from './linkedin-conversations.ts';
import { type BotTargets, type NineChannel, reply } from './reply.ts';
import { webhookChannels, webhooks } from './verify.ts';

/** The model: answers a message of any platform. */
export type Think = (message: unknown) => Promise<string>;

/** A running bot. */
export interface Bot {
  /** Receives the platforms' webhooks at `/webhooks/<channel>`. */
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Disconnects, and clears every indicator. */
  close(): Promise<void>;
}

/** A bot on nine channels. Its keys come from the environment. */
export function startBot(think: Think, options: Omit<TypingOptions, 'channels'> = {}): Bot {
  const { CONNECTSAFELY_API_KEY: apiKey = '', CONNECTSAFELY_BASE_URL: baseUrl } = process.env;
  const linkedin = () => connectSafely({ apiKey, baseUrl, conversationUrnOf });
  configureTyping({ ...options, channels: { ...environmentChannels, linkedin } });
  const typing = defaultTyping();

  async function answer(channel: NineChannel, message: unknown): Promise<void> {
    // Its webhook names the thread, but typing needs the conversation.
    if (channel === 'linkedin') await lookUpConversation(message);
    // One for each conversation; none if there is nothing to answer: an echo, a reaction, a receipt.
    const targets = typing.targetsIn(channel, message);
    await Promise.all(targets.map((target) => takeTurn(channel, target, message)));
  }

  async function takeTurn<Channel extends NineChannel>(
    channel: Channel,
    target: TypingChannels[Channel],
    message: unknown,
  ): Promise<void> {
    const text = await withTyping(channel, target, () => think(message));
    // Channels have other vendors, too: this bot has the keys of one.
    await reply[channel](target as BotTargets[Channel], text, message);
  }

  const app = new Hono();
  for (const channel of webhookChannels) {
    // Everything below runs only after the platform has proved its identity.
    const handle = webhooks[channel]((message) => answer(channel, message));
    app.all(`/webhooks/${channel}`, ({ req }) => handle(req.raw));
  }
  const hangUp = listenToDiscord((event) => answer('discord', event));

  return {
    fetch: app.fetch,
    async close() {
      hangUp();
      await typing.close();
    },
  };
}
