import {
  type ConnectSafelyTarget,
  defaultTyping,
  type LinqTarget,
  sendTyping,
  type StopReceipt,
  stopTyping,
  type TypingChannels,
  TypingError,
  type TypingReceipt,
} from 'typingkit';

/** One thing that the bot did, and what typingkit answered. */
export interface BotCall {
  readonly atMs: number;
  readonly channel: string;
  readonly sent?: TypingReceipt;
  readonly stopped?: StopReceipt;
  readonly failed?: { readonly code: string; readonly message: string };
}

/** Where the bot is to answer. */
export type Conversation =
  | { readonly channel: 'imessage'; readonly target: LinqTarget }
  | { readonly channel: 'linkedin'; readonly target: ConnectSafelyTarget };

/** Types while it thinks. It calls with every word; typingkit decides which calls are worth a request. */
async function answer<Channel extends keyof TypingChannels>(
  channel: Channel,
  target: TypingChannels[Channel],
): Promise<void> {
  try {
    for await (const _word of think()) {
      tell({ atMs: Date.now(), channel, sent: await sendTyping(channel, target) });
    }
    tell({ atMs: Date.now(), channel, stopped: await stopTyping(channel, target) });
  } catch (error) {
    if (!TypingError.isInstance(error)) throw error;
    tell({ atMs: Date.now(), channel, failed: error });
  }
}

/** Stands for a language model: a word every 100 ms, for 5 seconds. */
async function* think(): AsyncGenerator<string> {
  const endsAtMs = Date.now() + 5_000;
  while (Date.now() < endsAtMs) {
    yield 'word';
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function tell(call: BotCall): void {
  console.log(JSON.stringify(call));
}

async function leave(): Promise<never> {
  await defaultTyping().close(); // clears what still shows
  process.exit(130);
}
process.once('SIGINT', () => void leave());
process.once('SIGTERM', () => void leave());

const conversations: readonly Conversation[] = JSON.parse(process.argv[2] ?? '[]');
await Promise.all(conversations.map(({ channel, target }) => answer(channel, target)));
