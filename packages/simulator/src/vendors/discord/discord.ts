import type { MessageRequest, PersonTypes, Vendor } from '../vendor.ts';
import { CHANNEL_PATH, discordApi } from './api.ts';
import { discordChannelChange, discordChannelOptions, newDiscordChannel } from './channels.ts';
import type { DiscordChannel, DiscordChannelChange, DiscordChannelOptions } from './channels.ts';
import { discordFailures } from './failures.ts';
import { messageBody, PERSON, typingBody } from './messages.ts';
import { discordSettings } from './settings.ts';
import type { DiscordSettings } from './settings.ts';

/** What a test does to the simulated Discord from behind. An id is that of a channel. */
export interface DiscordHandle {
  createConversation(options?: DiscordChannelOptions): DiscordChannel;
  changeConversation(id: string, change: DiscordChannelChange): DiscordChannel;
  conversations(): readonly DiscordChannel[];
  /** The person writes. Answers the dispatch that the bot's gateway gets. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
  /** Answers the dispatch that the bot's gateway gets; `null` for an end, of which Discord tells nothing. */
  personTypes(id: string, what: PersonTypes): object | null;
}

/** Discord's HTTP API, as far as it is about typing. @see https://discord.com/developers/docs/resources/channel */
export const discord: Vendor<DiscordHandle, DiscordSettings> = {
  channel: 'discord',
  basePath: '/discord/api/v10',
  environment: ({ baseUrl, apiKey }) => ({ DISCORD_BOT_TOKEN: apiKey, DISCORD_API_URL: baseUrl }),
  settings: discordSettings,
  conversationOptions: discordChannelOptions,
  conversationChange: discordChannelChange,
  // https://discord.com/developers/docs/resources/channel#trigger-typing-indicator
  bubble: { lifetimeMs: 10_000, repeat: 'extends', messageClears: true },
  silences: {},
  failures: discordFailures,
  create({ settings, schedule, bubbles, address, personTyped }) {
    const channels = new Map<string, DiscordChannel>();
    const nowMs = (): number => schedule.clock.now();
    const api = discordApi({ settings, nowMs, bubbles, channels });
    let lastSequence = 0;

    const existing = (id: string): DiscordChannel => {
      const channel = channels.get(id);
      if (channel === undefined) throw new Error(`The simulated Discord has no channel ${id}.`);
      return channel;
    };
    const dispatch = (t: string, d: object): object => {
      lastSequence += 1;
      return { op: 0, t, s: lastSequence, d };
    };

    return {
      handle: {
        createConversation(options = {}) {
          const channel = newDiscordChannel(options);
          bubbles.open(channel.id);
          channels.set(channel.id, channel);
          return channel;
        },
        changeConversation(id, change) {
          const { id: channelId, target: _target, ...before } = existing(id);
          const changed = newDiscordChannel({ channelId, ...before, ...change });
          channels.set(id, changed);
          return changed;
        },
        conversations: () => [...channels.values()],
        receiveMessage: (id, text = 'Hi') =>
          dispatch('MESSAGE_CREATE', messageBody(existing(id), PERSON, text, nowMs())),
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, text) {
          const { baseUrl, apiKey } = address();
          return {
            url: `${baseUrl}/channels/${existing(id).id}/messages`,
            method: 'POST',
            headers: {
              authorization: `Bot ${apiKey}`,
              'content-type': 'application/json',
              'user-agent': 'DiscordBot (https://example.com, 1.0)',
            },
            body: JSON.stringify({ content: text }),
          };
        },
        personTypes(id, what) {
          const channel = existing(id);
          personTyped(id, what === 'stopped' ? 'stopped' : 'started');
          if (what === 'stopped') return null;
          if (what !== 'started') {
            schedule.at(nowMs() + what.forMs, () => {
              personTyped(id, 'stopped');
            });
          }
          return dispatch('TYPING_START', typingBody(channel, nowMs()));
        },
      },
      routes: api,
      read({ method, path }) {
        const [, conversation = null, what] = CHANNEL_PATH.exec(path) ?? [];
        if (method === 'GET') return { conversation, intent: 'question' };
        if (what === 'typing') return { conversation, intent: 'start' };
        return { conversation, intent: what === 'messages' ? 'message' : null };
      },
      clear() {
        channels.clear();
        api.clear();
      },
    };
  },
};
