import { channelRows, type PhoneChannel } from '../../src/protocol/channels/channel-rows.ts';

/** The look of a channel as custom properties, for `style`. The page's styles go by them. */
export function lookOf(channel: PhoneChannel): Readonly<Record<`--${string}`, string>> {
  const { colour, mine, mineInk, theirs, button, avatar, wallpaper } = channelRows[channel].look;
  return {
    '--channel': colour,
    '--mine': mine,
    '--mine-ink': mineInk,
    '--theirs': theirs,
    '--button': button,
    '--avatar': avatar,
    '--wallpaper': wallpaper ?? 'transparent',
  };
}
