import type {
  CloseReason,
  TypingCapabilities,
  TypingErrorCode,
  TypingEvent,
  TypingSession,
} from '@typingkit/core';
import type { LeapingClock } from './leaping-clock.ts';
import type { ChannelName, SessionWish } from './schedule.ts';

/** When something happened; `order` also tells apart what happened in the same millisecond. */
export interface Moment {
  readonly order: number;
  readonly atMs: number;
}

/** How the provider answered. `gave-up`: it heeded its signal. */
export type Outcome = 'accepted' | 'gave-up' | TypingErrorCode;

/** One call of a provider, and what became of it. */
export interface WireCall {
  readonly kind: 'start' | 'stop';
  readonly channel: ChannelName;
  readonly conversation: string;
  readonly budget: string;
  readonly capabilities: TypingCapabilities;
  /** The engine called the provider. */
  readonly called: Moment;
  /** The request went out. */
  sent?: Moment;
  /** The engine gave it up: its signal was aborted. */
  aborted?: Moment;
  settled?: Moment & { readonly outcome: Outcome };
  /** The engine told the observer how the start ended; no code means that it was accepted. */
  learned?: Moment & { readonly code: TypingErrorCode | undefined };
  retryAfterMs?: number | undefined;
  /** Whether a second attempt is documented to follow quickly. */
  isQuick?: boolean;
  /** How long a start lasts where the answer does not say. */
  readonly ordinaryMs: number;
  /** How long it lasts as the answer says, once it is accepted. */
  readonly toldMs: number | undefined;
}

/** A promise that the engine made to somebody, and how it settled. */
export interface Reply {
  readonly called: Moment;
  settled?: Moment;
  value?: unknown;
  error?: unknown;
}

export interface SessionStory {
  readonly nth: number;
  /** Whether it stands around work, which is a sign of life while it is under way. */
  readonly isWork: boolean;
  readonly channel: ChannelName;
  readonly conversation: string;
  readonly wish: SessionWish;
  readonly opened: Moment;
  handle?: TypingSession;
  readonly touched: Moment[];
  /** When somebody asked it to end, in whatever way. */
  readonly asked: (Moment & { readonly reason: CloseReason })[];
  readonly stops: Reply[];
  ended?: Moment & { readonly reason: CloseReason };
  closed?: Reply;
}

export interface WorkStory {
  readonly settleMs: number;
  readonly workMs: number;
  readonly reply: Reply;
  began?: Moment;
  /** When the work itself was over, and with what. */
  over?: Moment & { readonly value?: unknown; readonly error?: unknown };
}

/** A one-shot call. */
export interface CallStory {
  readonly verb: 'send' | 'stop';
  readonly conversation: string;
  readonly timeoutMs: number;
  /** Whether neither its signal nor `close()` had ended it before it began. */
  readonly isHeard: boolean;
  readonly reply: Reply;
}

/** What the observer was told. */
export interface Telling extends Moment {
  readonly event: TypingEvent;
}

/** What a gate has let out. */
export interface Admission {
  readonly inner: unknown;
  reports: number;
}

/** Everything that happened in one schedule, as people outside of the engine saw it. */
export interface Story {
  readonly clock: LeapingClock;
  readonly wire: WireCall[];
  readonly sessions: SessionStory[];
  readonly works: WorkStory[];
  readonly calls: CallStory[];
  readonly messages: (Moment & { readonly conversation: string })[];
  readonly told: Telling[];
  /** What a late gate has let out, and how often it was told what became of that. */
  readonly admissions: Admission[];
  /** What should never have been thrown. */
  readonly thrown: unknown[];
  readonly unhandled: unknown[];
  close?: Reply & { readonly deadlineMs: number };
  /** The vendors got well and were given time. */
  recovered?: { readonly from: Moment; readonly to: Moment };
  /** When nothing was left to hold an indicator and every vendor had been well for a while. */
  calm?: Moment;
  /** When all had been over for so long that nothing was left to remember. What failed then fails anew. */
  forgotten?: Moment;
  /** What was left over after the end. */
  leftOver?: {
    readonly timers: number;
    readonly listeners: number;
    readonly sessions: number;
    readonly background: number;
  };
  /** Timers that kept the process alive while nothing was going on. */
  readonly wakeful: Moment[];
}

export interface Recorder {
  readonly story: Story;
  readonly now: () => Moment;
}

export function newRecorder(clock: LeapingClock): Recorder {
  let order = 0;
  const story: Story = {
    clock,
    wire: [],
    sessions: [],
    works: [],
    calls: [],
    messages: [],
    told: [],
    admissions: [],
    thrown: [],
    unhandled: [],
    wakeful: [],
  };
  return {
    story,
    now: () => {
      order += 1;
      return { order, atMs: clock.now() };
    },
  };
}
