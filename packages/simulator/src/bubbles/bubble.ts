/** What a vendor's bubble does on the recipient's screen, where a start says nothing else. */
export interface BubbleRules {
  /** How long one start shows, in milliseconds. `null`: until something takes the bubble away. */
  readonly lifetimeMs: number | null;
  /**
   * What a start does to a bubble that is up: `extends` lets it end no earlier than either would, `replaces` gives it the
   * lifetime of the newer one, `ignored` changes nothing. One that shows another text replaces it unless it is ignored.
   */
  readonly repeat: 'extends' | 'replaces' | 'ignored';
  /** Whether a message of ours takes it away. */
  readonly messageClears: boolean;
}

/** In which way a start differs from the rules of its vendor. */
export interface StartedBubble {
  readonly lifetimeMs?: number | null | undefined;
  readonly repeat?: BubbleRules['repeat'] | undefined;
  /** What the recipient reads in place of plain typing: a status text, or an action such as `upload_photo`. */
  readonly shows?: string | null | undefined;
  /** Why it puts nothing on the screen: one of the vendor's `silences`. */
  readonly hiddenBecause?: string | null | undefined;
}

/** What happened to a conversation, as it was decided at the moment it happened. */
export type ConversationFact =
  | {
      readonly kind: 'start';
      readonly atMs: number;
      /** `null`: until something takes it away. */
      readonly lifetimeMs: number | null;
      readonly repeat: BubbleRules['repeat'];
      /** `null`: plain typing. */
      readonly shows: string | null;
      /** `null`: the bubble shows. */
      readonly hiddenBecause: string | null;
    }
  | { readonly kind: 'stop'; readonly atMs: number }
  /** A message of ours; theirs changes nothing on their screen. */
  | { readonly kind: 'message'; readonly atMs: number; readonly clears: boolean }
  /** The recipient brought their app to the front with something unread. */
  | { readonly kind: 'opened'; readonly atMs: number };

/** A time during which the recipient saw the bubble. Times are simulated, in milliseconds since the Unix epoch. */
export interface BubbleInterval {
  readonly fromMs: number;
  /** `null` while the bubble is still on the screen. */
  readonly toMs: number | null;
  /** `null` while the bubble is still on the screen. `replaced`: another text or action came in its place. */
  readonly endedBy: 'expired' | 'stopped' | 'message' | 'opened' | 'replaced' | null;
  /** What the recipient read. Left out for plain typing. */
  readonly shows?: string;
}

interface OpenBubble {
  readonly fromMs: number;
  readonly shows: string | null;
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
      intervals.push(interval(bubble, bubble.untilMs, 'expired'));
      bubble = null;
    }
    if (fact.kind === 'start') {
      if (fact.hiddenBecause !== null) continue;
      const untilMs = fact.lifetimeMs === null ? Infinity : fact.atMs + fact.lifetimeMs;
      if (bubble === null) {
        bubble = { fromMs: fact.atMs, untilMs, shows: fact.shows };
      } else if (fact.repeat !== 'ignored') {
        if (bubble.shows !== fact.shows) {
          if (bubble.fromMs < fact.atMs) intervals.push(interval(bubble, fact.atMs, 'replaced'));
          bubble = { fromMs: fact.atMs, untilMs, shows: fact.shows };
        }
        bubble.untilMs = fact.repeat === 'extends' ? Math.max(bubble.untilMs, untilMs) : untilMs;
      }
    } else if (fact.kind !== 'message' || fact.clears) {
      if (bubble !== null && bubble.fromMs < fact.atMs) {
        intervals.push(interval(bubble, fact.atMs, ENDED_BY[fact.kind]));
      }
      bubble = null;
    }
  }

  if (bubble !== null) {
    const { untilMs } = bubble;
    intervals.push(
      untilMs <= nowMs ? interval(bubble, untilMs, 'expired') : interval(bubble, null, null),
    );
  }
  return intervals;
}

function interval(
  { fromMs, shows }: OpenBubble,
  toMs: number | null,
  endedBy: BubbleInterval['endedBy'],
): BubbleInterval {
  return { fromMs, toMs, endedBy, ...(shows === null ? {} : { shows }) };
}

/** Whether the bubble is on the recipient's screen. */
export function isBubbleVisible(facts: readonly ConversationFact[], nowMs: number): boolean {
  return bubbleIntervals(facts, nowMs).at(-1)?.toMs === null;
}
