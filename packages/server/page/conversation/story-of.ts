import type {
  Story,
  StoryBubble,
  StoryPause,
  StoryRequest,
  StoryTurn,
} from '@typingkit/page-parts';
import type { InspectedEvent, InspectedSession } from '../../src/inspector/inspected.ts';

/** What happened in a conversation as the timeline draws it. What was seen is what the vendor accepted: nobody knows more. */
export function storyOf(
  conversation: string,
  events: readonly InspectedEvent[],
  sessions: readonly InspectedSession[],
): Story {
  const channel = sessions[0]?.channel ?? '';
  const turns = turnsIn(events, sessions);
  const firstAtMs = Math.min(
    ...events.map(({ atMs }) => atMs),
    ...turns.map(({ fromMs }) => fromMs),
  );
  return {
    beganAtMs: Number.isFinite(firstAtMs) ? firstAtMs : 0,
    tracks: [
      {
        id: conversation,
        name: `${channel} ${conversation}`.trim(),
        turns,
        requests: events.flatMap(requestIn),
        bubbles: bubblesIn(events),
        pauses: pausesIn(events),
      },
    ],
  };
}

function turnsIn(
  events: readonly InspectedEvent[],
  sessions: readonly InspectedSession[],
): readonly StoryTurn[] {
  const turns = new Map<string, StoryTurn>();
  for (const { id, openedAtMs } of sessions)
    turns.set(id, { id: turns.size, fromMs: openedAtMs, toMs: null });
  for (const { type, sessionId, atMs } of events) {
    if (sessionId === undefined) continue;
    const turn = turns.get(sessionId) ?? { id: turns.size, fromMs: atMs, toMs: null };
    if (type === 'opened') turns.set(sessionId, { ...turn, fromMs: atMs });
    if (type === 'closed') turns.set(sessionId, { ...turn, toMs: atMs });
  }
  return [...turns.values()];
}

function requestIn({
  number: id,
  type,
  atMs: endedAtMs,
  durationMs = 0,
  operation,
  status,
  code,
}: InspectedEvent): readonly StoryRequest[] {
  const atMs = endedAtMs - durationMs;
  const accepted = { id, atMs, status: 200, fault: null, hiddenBecause: null };
  if (type === 'started') return [{ ...accepted, kind: 'start' }];
  if (type === 'refreshed') return [{ ...accepted, kind: 'refresh' }];
  if (type === 'cleared') return [{ ...accepted, kind: 'stop' }];
  if (type !== 'failed') return [];
  const kind = operation === 'stop' ? 'stop' : 'start';
  return [{ id, kind, atMs, status: status ?? null, fault: code ?? null, hiddenBecause: null }];
}

function bubblesIn(events: readonly InspectedEvent[]): readonly StoryBubble[] {
  const bubbles: StoryBubble[] = [];
  let fromMs: number | undefined;
  for (const { type, atMs, withinMs = 0 } of events) {
    if (type === 'started' || type === 'refreshed') fromMs ??= atMs;
    if (fromMs === undefined || (type !== 'cleared' && type !== 'expired')) continue;
    const toMs = type === 'expired' ? atMs + withinMs : atMs;
    bubbles.push({ fromMs, toMs, endedBy: type === 'expired' ? 'expired' : 'stopped' });
    fromMs = undefined;
  }
  return fromMs === undefined ? bubbles : [...bubbles, { fromMs, toMs: null, endedBy: null }];
}

function pausesIn(events: readonly InspectedEvent[]): readonly StoryPause[] {
  const pauses: StoryPause[] = [];
  for (const { number: id, atMs: fromMs, type, pausedBy, untilMs } of events) {
    if (untilMs === undefined || (type !== 'suspended' && type !== 'skipped')) continue;
    const scope = scopeOf(pausedBy);
    const last = pauses.at(-1);
    // A start that is skipped again and again is one pause.
    if (last?.scope === scope && fromMs <= last.untilMs)
      pauses[pauses.length - 1] = { ...last, untilMs: Math.max(last.untilMs, untilMs) };
    else pauses.push({ id, scope, fromMs, untilMs });
  }
  return pauses;
}

function scopeOf(pausedBy: string | undefined): StoryPause['scope'] {
  if (pausedBy === 'credential') return 'credential';
  return pausedBy === 'circuit' ? 'conversation' : 'budget';
}
