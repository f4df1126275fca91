import { type TypingChannels, type TypingSession, withTyping } from 'typingkit';

/** What the bot is there for. Typing has no part in it. */
export interface BotWork {
  /** It can say what it is doing: `session.update`. */
  readonly think: (session: TypingSession) => Promise<string>;
  readonly deliver: (answer: string) => Promise<void>;
}

/** Types while it thinks. */
export async function consider<Channel extends keyof TypingChannels>(
  channel: Channel,
  target: TypingChannels[Channel],
  { think }: Pick<BotWork, 'think'>,
): Promise<string> {
  const answer = await withTyping(channel, target, think);
  return answer;
}

/** Types until the answer is there. */
export async function reply<Channel extends keyof TypingChannels>(
  channel: Channel,
  target: TypingChannels[Channel],
  { think, deliver }: BotWork,
): Promise<string> {
  return withTyping(channel, target, async (session) => {
    const answer = await think(session);
    await deliver(answer);
    session.messageSent(); // It took the bubble away, so no stop is sent behind it.
    return answer;
  });
}
