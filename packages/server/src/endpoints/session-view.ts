import type { SessionSnapshot } from '@typingkit/core';
import { dateOf } from '../events/engine-time.ts';
import type { FoundSession } from '../sessions/session-desk.ts';
import type { Served } from './endpoint.ts';

/** A session as a client sees it. */
export function sessionView({ masks }: Served, found: FoundSession): object {
  const { id, handle, live, ended } = found;
  const known = ended ?? live;
  return {
    id,
    label: known?.label,
    channel: known?.channel,
    provider: known?.provider,
    conversation: known && masks.of(known.channel, known.conversation),
    state: ended ? 'closed' : (handle?.state ?? 'elsewhere'),
    openedAt: known && new Date(known.openedAtMs).toISOString(),
    ageMs: known && Math.max(0, (ended?.endedAtMs ?? Date.now()) - known.openedAtMs),
    closeReason: ended?.closeReason,
    problem: ended?.problem,
  };
}

/** What only the engine knows of it, and only while it is alive. */
export function snapshotView(
  served: Served,
  snapshot: SessionSnapshot,
  targets: 'shown' | 'masked' = 'masked',
): object {
  const { clock, masks, desk } = served;
  const { id, label, channel, provider, conversation, state, nextStartAtMs, pause } = snapshot;
  const ageMs = Math.round(snapshot.ageMs + desk.list.ageMs);
  return {
    id,
    label,
    channel,
    provider,
    conversation: masks.of(channel, conversation),
    ...(targets === 'shown' && { target: snapshot.target }),
    state,
    openedAt: new Date(Date.now() - ageMs).toISOString(),
    ageMs,
    nextStartAt: dateOf(clock, nextStartAtMs),
    pause: pause && { by: pause.by, until: dateOf(clock, pause.untilMs) },
  };
}
