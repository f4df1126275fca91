import type { ConnectSafelyTarget, LinqTarget, SlackTarget, TelegramTarget } from 'typingkit';

/** Where the bot is to answer. */
export type Conversation =
  | { readonly channel: 'imessage'; readonly target: LinqTarget }
  | { readonly channel: 'linkedin'; readonly target: ConnectSafelyTarget }
  | { readonly channel: 'telegram'; readonly target: TelegramTarget }
  | { readonly channel: 'slack'; readonly target: SlackTarget };

/** One that `--live` takes. */
export type LiveConversation = Extract<Conversation, { readonly channel: 'imessage' | 'linkedin' }>;

/** How a person calls the channels and who is behind them. */
export const titles = {
  imessage: { channel: 'iMessage', vendor: 'Linq' },
  linkedin: { channel: 'LinkedIn', vendor: 'ConnectSafely' },
  telegram: { channel: 'Telegram', vendor: 'Telegram' },
  slack: { channel: 'Slack', vendor: 'Slack' },
} as const;

/** The channel, and who is behind it where that is somebody else. */
export function titleOf(channel: Conversation['channel'], through = 'through'): string {
  const { channel: name, vendor } = titles[channel];
  return name === vendor ? name : `${name}, ${through} ${vendor}`;
}
