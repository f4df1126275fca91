import type { ChannelRow } from './channel-row.ts';
import * as channelTable from './channel-table.ts';

/** What a phone can show: a channel, by its name, or a second vendor of one, by the vendor's. */
export type PhoneChannel = keyof typeof channelTable;

export const channelRows: Readonly<Record<PhoneChannel, ChannelRow>> = channelTable;

// The names are those of the table, which `Object.keys` does not know.
export const phoneChannels: readonly PhoneChannel[] = Object.keys(channelTable) as PhoneChannel[];

/** Which channel of typingkit is on a phone: two phones may show one, through two vendors. */
export function channelOn(phone: PhoneChannel): string {
  return channelRows[phone].channel ?? phone;
}

/** Something for each channel. */
export function forEachChannel<Value>(
  make: (channel: PhoneChannel, row: ChannelRow) => Value,
): Readonly<Record<PhoneChannel, Value>> {
  const entries = phoneChannels.map((channel) => [channel, make(channel, channelRows[channel])]);
  // Each channel has got one.
  return Object.fromEntries(entries) as Readonly<Record<PhoneChannel, Value>>;
}
