import { trackAt } from '@typingkit/page-parts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import type { PhoneSnapshot } from '../../src/protocol/snapshot.ts';
import { phoneOf } from './live.ts';
import { headMs, replayed } from './view.ts';

/** What one phone showed at the moment that is looked at. */
export function phoneAt(channel: PhoneChannel): PhoneSnapshot | undefined {
  const phone = phoneOf(channel);
  const atMs = headMs.value;
  // The story of a file is of other phones.
  if (!phone || atMs === null || replayed.value) return phone;
  const past = trackAt(phone, atMs);
  const isSoFar = (one: { readonly atMs: number }): boolean => one.atMs <= atMs;
  return {
    ...past,
    messages: phone.messages.filter(isSoFar),
    events: phone.events.filter(isSoFar),
    isBubbleVisible: past.bubbles.at(-1)?.toMs === null,
    sessions: past.turns.filter(({ toMs }) => toMs === null).map(() => 'open'),
    // What is switched now was perhaps not then.
    switchedAfterId: 0,
  };
}
