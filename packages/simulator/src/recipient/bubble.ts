/** Why a start that the vendor accepted put nothing on the recipient's screen. */
export type HiddenBecause =
  | 'inactive'
  | 'sms'
  | 'rcs'
  | 'needs-stop-first'
  | 'opted-out'
  | 'turned-off';

/** What happened to a conversation, as it was decided at the moment it happened. */
export type ConversationFact =
  | {
      readonly kind: 'start';
      readonly atMs: number;
      readonly lifetimeMs: number;
      /** `null`: the bubble shows. */
      readonly hiddenBecause: HiddenBecause | null;
    }
  | { readonly kind: 'stop'; readonly atMs: number }
  /** A message of ours; theirs changes nothing on their screen. */
  | { readonly kind: 'message'; readonly atMs: number }
  /** The recipient brought their messages app to the front with something unread. */
  | { readonly kind: 'opened'; readonly atMs: number };

/** A time during which the recipient saw the bubble. Times are simulated, in milliseconds since the Unix epoch. */
export interface BubbleInterval {
  readonly fromMs: number;
  /** `null` while the bubble is still on the screen. */
  readonly toMs: number | null;
  /** `null` while the bubble is still on the screen. */
  readonly endedBy: 'expired' | 'stopped' | 'message' | 'opened' | null;
}

interface OpenBubble {
  readonly fromMs: number;
  untilMs: number;
}

const ENDED_BY = { stop: 'stopped', message: 'message', opened: 'opened' } as const;

/** Replays the facts: no timer takes part, so the view is the same whenever it is asked for. */
export function bubbleIntervals(
  facts: readonly ConversationFact[],
  nowMs: number,
): readonly BubbleInterval[] {
  const intervals: BubbleInterval[] = [];
  let bubble: OpenBubble | null = null;

  for (const fact of facts) {
    if (bubble !== null && bubble.untilMs <= fact.atMs) {
      intervals.push({ fromMs: bubble.fromMs, toMs: bubble.untilMs, endedBy: 'expired' });
      bubble = null;
    }
    if (fact.kind !== 'start') {
      if (bubble !== null && bubble.fromMs < fact.atMs) {
        intervals.push({ fromMs: bubble.fromMs, toMs: fact.atMs, endedBy: ENDED_BY[fact.kind] });
      }
      bubble = null;
    } else if (fact.hiddenBecause === null) {
      const untilMs = fact.atMs + fact.lifetimeMs;
      if (bubble === null) bubble = { fromMs: fact.atMs, untilMs };
      else bubble.untilMs = Math.max(bubble.untilMs, untilMs);
    }
  }

  if (bubble !== null) {
    const { fromMs, untilMs } = bubble;
    intervals.push(
      untilMs <= nowMs
        ? { fromMs, toMs: untilMs, endedBy: 'expired' }
        : { fromMs, toMs: null, endedBy: null },
    );
  }
  return intervals;
}

/** Whether the bubble is on the recipient's screen. */
export function isBubbleVisible(facts: readonly ConversationFact[], nowMs: number): boolean {
  return bubbleIntervals(facts, nowMs).at(-1)?.toMs === null;
}

/**
 * Whether a start must stay hidden because the recipient's device swept the bubble away and nothing has reset it.
 * Linq's reference says so since 2026-07-25: a repeated start alone may not bring it back; a stop and a start, or a
 * message, do.
 * @see https://docs.linqapp.com/guides/chats/typing-indicators/
 */
export function needsStopFirst(facts: readonly ConversationFact[]): boolean {
  const lastReset = facts.findLastIndex((fact) => fact.kind !== 'start');
  const reset = facts[lastReset];
  return reset?.kind === 'opened' && isBubbleVisible(facts.slice(0, lastReset), reset.atMs);
}
