import { clock } from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { Snapshot } from '../../src/protocol/snapshot.ts';
import { lookOf } from '../phone/look-of.ts';
import { phonesIn } from '../state/live.ts';

const mostEvents = 40;

/** The engine's events, newest first. */
export function EventList({
  phones,
  beganAtMs,
}: Pick<Snapshot, 'phones' | 'beganAtMs'>): JSX.Element {
  const events = phonesIn(phones)
    .flatMap(([channel, phone]) => phone.events.map((event) => ({ ...event, channel })))
    .toSorted((one, other) => other.atMs - one.atMs || other.id - one.id)
    .slice(0, mostEvents);
  if (events.length === 0)
    return <p class="muted">Nothing yet. Write to the bot on one of the phones.</p>;
  return (
    <div class="events" tabIndex={0} role="region" aria-label="Events of the engine">
      <ol>
        {events.map(({ channel, id, atMs, type, text }) => (
          <li key={`${channel} ${id}`} class={`event is-${channel}`} style={lookOf(channel)}>
            <time>{clock(atMs - beganAtMs)}</time>
            <span class="event-where">{channelRows[channel].name}</span>
            <code class={`badge ${type === 'failed' ? 'is-hot' : ''}`}>{type}</code>
            <span class="event-text">{text}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
