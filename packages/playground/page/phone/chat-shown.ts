import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import type { PhoneSnapshot } from '../../src/protocol/snapshot.ts';

/**
 * Which kind of chat is on a phone: the one that was picked, or, where nobody has written for so long that a start put
 * nothing on the screen, the one that it has become.
 */
export function chatShown(
  channel: PhoneChannel,
  picked: string,
  phone: PhoneSnapshot | undefined,
): string {
  const { chats } = channelRows[channel];
  const isOdd = chats.find(({ value }) => value === picked)?.isOdd ?? false;
  const last = phone?.requests.findLast(({ kind }) => kind !== 'question');
  if (!phone || !last || isOdd || last.hiddenBecause === null) return picked;
  if (last.id <= phone.switchedAfterId) return picked;
  return chats.find(({ endsWithMessage }) => endsWithMessage)?.value ?? picked;
}
