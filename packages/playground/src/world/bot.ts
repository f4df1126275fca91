import type { TypingSession } from '@typingkit/core';
import type { Simulator } from '@typingkit/simulator';
import type { BotSettings } from '../protocol/settings.ts';
import type { Conversation } from './conversation.ts';
import { deliver } from './deliver.ts';
import type { PlaygroundTyping } from './playground-typing.ts';
import type { ScaledClock } from './scaled-clock.ts';
import { think } from './think.ts';

/** What the bot works with. */
export interface BotTools {
  readonly simulator: Simulator;
  readonly typing: PlaygroundTyping;
  readonly clock: ScaledClock;
  /** Ends the work: the playground starts anew. */
  readonly signal: AbortSignal;
}

/** Thinks and answers, and types while it does. */
export async function answer(
  to: Conversation,
  bot: BotSettings,
  { simulator, typing, clock, signal }: BotTools,
  onDelivered: (text: string) => void,
): Promise<void> {
  const work = async (session: TypingSession): Promise<void> => {
    for await (const text of think(bot, clock, signal)) {
      session.touch();
      await deliver(simulator, to, text, signal);
      session.messageSent(); // It took the bubble away; if there is more to say, it comes back.
      onDelivered(text);
    }
  };
  await (to.channel === 'imessage'
    ? typing.with(to.channel, to.target, work, { signal })
    : typing.with(to.channel, to.target, work, { signal }));
}
