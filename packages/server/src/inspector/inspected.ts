import type { PausedBy, TypingErrorCode } from '@typingkit/core';

/** What the inspector's page is told, again and again. All moments are in milliseconds since the Unix epoch. */
export interface InspectedState {
  readonly nowMs: number;
  /** How many sessions are alive. */
  readonly sessionCount: number;
  /** How many of them are not where they should be: something rests, or nothing can be shown. */
  readonly troubledCount: number;
  /** The first of them, those in trouble before the others, the oldest first. */
  readonly sessions: readonly InspectedSession[];
  readonly channels: readonly InspectedChannel[];
  readonly rests: readonly InspectedRest[];
  /** Newest first. */
  readonly failures: readonly InspectedFailure[];
  /** Whether ids of recipients are shown. */
  readonly areRecipientsShown: boolean;
}

/** The sessions of one channel, counted. */
export interface InspectedChannel {
  readonly channel: string;
  readonly provider: string;
  readonly sessionCount: number;
  readonly troubledCount: number;
}

/** Where something belongs. */
export interface InspectedPlace {
  readonly channel: string;
  readonly provider: string;
  /** Stands for the recipient: the same for the same conversation while the process lives. */
  readonly conversation?: string | undefined;
  /** The key of the conversation itself, where ids of recipients are shown. */
  readonly recipient?: string | undefined;
}

/** One session that is alive. */
export interface InspectedSession extends InspectedPlace {
  readonly id: string;
  readonly label?: string | undefined;
  readonly conversation: string;
  readonly state: string;
  readonly openedAtMs: number;
  readonly nextStartAtMs?: number | undefined;
  readonly pausedBy?: PausedBy | undefined;
  readonly pausedUntilMs?: number | undefined;
}

/** Something in which nothing is sent for a while. */
export interface InspectedRest extends InspectedPlace {
  readonly by: PausedBy;
  /** Why, as a full sentence. */
  readonly why: string;
  /** What to do about it, as a full sentence. Absent: nothing, it passes. */
  readonly advice?: string | undefined;
  readonly untilMs: number;
  /** How many sessions wait for it. */
  readonly sessionCount: number;
}

/** What went wrong, once for everything that is alike. */
export interface InspectedFailure extends InspectedPlace {
  readonly code: TypingErrorCode;
  readonly operation: 'start' | 'stop';
  /** The HTTP status, where there was one. */
  readonly status?: number | undefined;
  readonly reason: string;
  readonly advice: string;
  readonly lastAtMs: number;
  readonly count: number;
}

/** One thing that happened in a conversation. */
export interface InspectedEvent {
  readonly number: number;
  readonly atMs: number;
  readonly type: string;
  readonly sessionId?: string | undefined;
  readonly durationMs?: number | undefined;
  readonly operation?: 'start' | 'stop' | undefined;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly withinMs?: number | undefined;
  readonly pausedBy?: string | undefined;
  readonly untilMs?: number | undefined;
}

/** What `diagnose` said. */
export interface InspectedDiagnosis {
  readonly willShow: 'yes' | 'no' | 'unknown';
  readonly reasons: readonly {
    readonly effect: 'hides' | 'may-hide';
    readonly message: string;
    readonly advice: string;
  }[];
}
