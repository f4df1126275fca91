/** What happened in some conversations. All times are in milliseconds since the Unix epoch. */
export interface Story {
  /** What the clock on the axis counts from. */
  readonly beganAtMs: number;
  readonly tracks: readonly StoryTrack[];
}

/** What happened in one conversation, oldest first. */
export interface StoryTrack {
  /** Tells it from the other tracks of its story. */
  readonly id: string;
  /** What is written beside it. */
  readonly name: string;
  /** A colour of CSS. Default: the page's accent. */
  readonly colour?: string | undefined;
  /** When somebody wanted the indicator: the bot was at work, or a session was open. */
  readonly turns: readonly StoryTurn[];
  readonly requests: readonly StoryRequest[];
  /** When the indicator was on the recipient's screen, as far as is known. */
  readonly bubbles: readonly StoryBubble[];
  /** When nothing was sent on purpose. */
  readonly pauses: readonly StoryPause[];
}

/** A time in which somebody wanted the indicator. */
export interface StoryTurn {
  readonly id: number;
  readonly fromMs: number;
  /** `null` while it lasts. */
  readonly toMs: number | null;
}

/** One request to the vendor. */
export interface StoryRequest {
  readonly id: number;
  readonly kind: 'start' | 'refresh' | 'stop' | 'message' | 'question';
  readonly atMs: number;
  /** The status of the answer. `null`: not answered. */
  readonly status: number | null;
  /** What spoilt the answer: `hang`, `reset`. */
  readonly fault: string | null;
  /** Why an accepted start put nothing on the screen, in words. */
  readonly hiddenBecause: string | null;
  /** What was sent, without keys, where that is known: `POST /chats/1/typing`. */
  readonly sent?: string | undefined;
}

/** A time during which the indicator was on the screen. */
export interface StoryBubble {
  readonly fromMs: number;
  /** `null` while it is there. */
  readonly toMs: number | null;
  readonly endedBy:
    | 'expired'
    | 'stopped'
    | 'message'
    | 'opened'
    | 'replaced'
    | 'another-chat'
    | null;
  /** What the recipient reads behind the bot's name, where the vendor shows a text. Left out for plain typing. */
  readonly shows?: string | undefined;
}

/** A time in which the engine sent nothing on purpose. */
export interface StoryPause {
  readonly id: number;
  /** What rests. */
  readonly scope: 'credential' | 'conversation' | 'budget';
  readonly fromMs: number;
  /** When the next request may go out. */
  readonly untilMs: number;
}
