import type { Story } from '@typingkit/page-parts';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { Snapshot } from '../../src/protocol/snapshot.ts';
import { phonesIn } from '../state/live.ts';

/** What happened on the phones, as the timeline draws it. */
export function storyOf({ beganAtMs, phones }: Snapshot): Story {
  const tracks = phonesIn(phones).map(([channel, phone]) => {
    const { name, look } = channelRows[channel];
    const { turns, requests, bubbles, pauses } = phone;
    return { id: channel, name, colour: look.colour, turns, requests, bubbles, pauses };
  });
  return { beganAtMs, tracks };
}
