import { setTimeout as sleep } from 'node:timers/promises';
import { defaultTyping, type TypingChannels } from 'typingkit';

/**
 * Lets the person at the other end have their say: leaves them to themselves for a moment, and waits for as long as they
 * type. Where the vendor does not report who is typing, it is only the moment.
 *
 * @param onWait called where they type.
 */
export async function theirTurn<Channel extends keyof TypingChannels>(
  channel: Channel,
  target: TypingChannels[Channel],
  pauseMs: number,
  onWait: () => void,
): Promise<void> {
  const typing = defaultTyping();
  await sleep(pauseMs);
  if (!typing.isPeerTyping(channel, target)) return;
  onWait();
  for await (const { state } of typing.inbound(channel)) {
    if (state === 'stopped' && !typing.isPeerTyping(channel, target)) return;
  }
}
