import type { TypingCapabilities, TypingErrorCode } from '@typingkit/core';

/** The two channels of a schedule, each with a credential of its own. */
export const channelNames = ['red', 'blue'] as const;
export type ChannelName = (typeof channelNames)[number];

/** One conversation of one channel. */
export interface Place {
  readonly channel: ChannelName;
  readonly chat: number;
}

/** What a vendor does with one request. After the last answer of its script it accepts at once. */
export interface Answer {
  readonly how: 'accept' | 'fail' | 'hang';
  /** How long the answer takes. */
  readonly afterMs: number;
  /** How long the provider looks for its key before the request goes out; it looks at the signal only then. */
  readonly keyMs: number;
  readonly heedsSignal: boolean;
  /** How a failure looks to the engine. `stranger`: what is thrown is no TypingError. */
  readonly thrown: 'rejected' | 'thrown' | 'stranger';
  readonly code: TypingErrorCode;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** What an accepted start says of its lifetime. */
  readonly visibleForMs: number | undefined;
}

export interface VendorScript {
  readonly capabilities: TypingCapabilities;
  readonly budgetPer: 'credential' | 'chat';
  readonly starts: readonly Answer[];
  readonly stops: readonly Answer[];
  /** Whether its `close` ever settles. */
  readonly closes: boolean;
}

/** How a session lives; `signal` is one of {@link signalCount} that sessions and calls share. */
export interface SessionWish {
  readonly delayMs: number | undefined;
  readonly idleTimeoutMs: number | undefined;
  readonly maxDurationMs: number | undefined;
  readonly refreshEveryMs: number | undefined;
  readonly settleMs: number | undefined;
  readonly ttlMs: number | undefined;
  readonly signal: number | undefined;
  /** Whether somebody waits for `closed` from the beginning. */
  readonly isWatched: boolean;
}

export const signalCount = 3;

/** One thing that somebody does, or that time passes. `nth` counts all sessions so far. */
export type Step =
  | { readonly do: 'keep'; readonly place: Place; readonly wish: SessionWish }
  | {
      readonly do: 'with';
      readonly place: Place;
      readonly wish: SessionWish;
      readonly workMs: number;
      readonly fails: boolean;
    }
  | { readonly do: 'stop session'; readonly nth: number }
  | { readonly do: 'touch'; readonly nth: number }
  | { readonly do: 'session says message'; readonly nth: number }
  | { readonly do: 'message'; readonly place: Place }
  | {
      readonly do: 'send' | 'stop';
      readonly place: Place;
      readonly timeoutMs: number;
      readonly signal: number | undefined;
    }
  | { readonly do: 'abort'; readonly signal: number }
  | { readonly do: 'close'; readonly deadlineMs: number }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'leap'; readonly ms: number }
  | { readonly do: 'turns'; readonly turns: number };

/** How the story ends: everybody stops, or everything is closed, or it is left to run out. */
type Ending = 'everybody stops' | 'close' | 'run out';

export interface Schedule {
  readonly red: VendorScript;
  readonly blue: VendorScript;
  readonly steps: readonly Step[];
  /** Whether the vendors get well before the end and are given time, so that what lives on has to show again. */
  readonly recovers: boolean;
  readonly ending: Ending;
  readonly observer: 'quiet' | 'throws' | 'rejects';
  /** Where the jitter comes from. */
  readonly chance: number;
}
