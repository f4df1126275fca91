import type { TypingSession } from '@typingkit/core';
import { channelOn } from '../protocol/channels/channel-rows.ts';
import type { BotSettings } from '../protocol/settings.ts';
import { deliver } from './deliver.ts';
import type { Phone } from './phone.ts';
import type { PlaygroundTyping } from './playground-typing.ts';
import type { ScaledClock } from './scaled-clock.ts';
import { think } from './think.ts';

/** What the bot works with. */
export interface BotTools {
  readonly typing: PlaygroundTyping;
  readonly clock: ScaledClock;
  /** Ends the work: the playground starts anew. */
  readonly signal: AbortSignal;
}

/** Thinks and answers in the chat that is open on a phone, and types while it does. */
export async function answer(
  { channel, conversation, vendor }: Phone,
  bot: BotSettings,
  { typing, clock, signal }: BotTools,
  onDelivered: (text: string) => void,
): Promise<void> {
  const work = async (session: TypingSession): Promise<void> => {
    for await (const text of think(bot, clock, signal)) {
      session.touch();
      await deliver(vendor, conversation.id, text, signal);
      session.messageSent(); // It took the bubble away; if there is more to say, it comes back.
      onDelivered(text);
    }
  };
  await typing.with(channelOn(channel), conversation.target, work, { signal });
}
