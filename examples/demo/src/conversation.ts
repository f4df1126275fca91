import type { ConnectSafelyTarget, LinqTarget } from 'typingkit';

/** Where the bot is to answer. */
export type Conversation =
  | { readonly channel: 'imessage'; readonly target: LinqTarget }
  | { readonly channel: 'linkedin'; readonly target: ConnectSafelyTarget };

/** How a person calls the channels and who is behind them. */
export const titles = {
  imessage: { channel: 'iMessage', vendor: 'Linq' },
  linkedin: { channel: 'LinkedIn', vendor: 'ConnectSafely' },
} as const;
