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

/** The model: an answer to a message, whatever the platform calls one. */
export type Think = (message: unknown) => Promise<string>;

/** A bot that runs. */
export interface Bot {
  /** Takes the platforms' webhooks, at `/webhooks/<channel>`. */
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Hangs up, and clears every indicator. */
  close(): Promise<void>;
}

/** A bot on nine channels. Its keys come from the environment. */
export function startBot(think: Think, options: Omit<TypingOptions, 'channels'> = {}): Bot {
  const { CONNECTSAFELY_API_KEY: apiKey = '', CONNECTSAFELY_BASE_URL: baseUrl } = process.env;
  const linkedin = () => connectSafely({ apiKey, baseUrl, conversationUrnOf });
  configureTyping({ ...options, channels: { ...environmentChannels, linkedin } });
  const typing = defaultTyping();

  async function answer(channel: NineChannel, message: unknown): Promise<void> {
    // Its webhook names the thread, and typing needs the conversation.
    if (channel === 'linkedin') await lookUpConversation(message);
    // One for each conversation; none where there is nothing to answer: an echo, a reaction, a receipt.
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
    // Nothing below is reached before the platform has proved that it is the one who calls.
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
