import { object, type Schema, string } from '@typingkit/core/schema';

/** A Discord channel: one of a server, a thread, or a direct message. */
export interface DiscordTarget {
  /** The id of the channel. A thread is a channel, so its own id. */
  readonly channelId: string;
}

/** Ids are strings in every body, because JSON numbers would lose their last digits. */
export const Target: Schema<DiscordTarget> = object({
  channelId: string(
    /^[1-9]\d{16,19}$/,
    'must be the id of a channel: a string of 17 to 20 digits such as "1234567890123456789"',
  ),
});
