import type { TypingError } from '../contract/typing-error.ts';
import type { StartWish, TypingWarning } from '../contract/typing-receipt.ts';
import type { CloseReason } from './session.ts';
import type { PausedBy } from './pause.ts';

/**
 * Something that happened to an indicator, a session or a reader, for logs and metrics. Holds no secret and no body, and
 * shows no id of a recipient where it is printed or made JSON.
 */
export type TypingEvent = TypingEventSource &
  (
    | {
        readonly type: 'started' | 'refreshed';
        readonly attempt: number;
        readonly durationMs: number;
        /** How long after it was due it went out, in milliseconds. 0 for a start that nobody had planned. */
        readonly lateByMs: number;
        /** When the next start is due, on the clock of the engine. Absent: none is. */
        readonly nextStartAtMs?: number | undefined;
        readonly traceId?: string | undefined;
        /** What the caller should know of the start: a session has no receipt to say it in. */
        readonly warnings?: readonly TypingWarning[] | undefined;
      }
    /** No request was needed: the indicator is up, or is being started. */
    | { readonly type: 'coalesced' }
    /** A request was due and was not made. */
    | {
        readonly type: 'skipped';
        readonly reason: 'disabled' | 'budget' | 'rate-limited' | 'suspended' | 'gate';
        /** Who pauses it. Absent: the off switch does. */
        readonly pausedBy?: PausedBy | undefined;
        /** When it is due again, on the clock of the engine. Absent for a `send`, which is not made later. */
        readonly untilMs?: number | undefined;
      }
    | {
        readonly type: 'failed';
        readonly operation: 'start' | 'stop';
        readonly error: TypingError;
        readonly attempt: number;
        readonly durationMs: number;
        /** Whether this conversation has not failed with this code before: the one to log. */
        readonly isFirst: boolean;
        /** Whether no caller got this error: it stays here. */
        readonly isBackground: boolean;
      }
    /** Nothing is sent for a while: for this conversation, or where none is named, for the whole credential. */
    | {
        readonly type: 'suspended';
        readonly retryAfterMs: number;
        readonly pausedBy: 'circuit' | 'credential';
        /** Until when at the least, on the clock of the engine. */
        readonly untilMs: number;
      }
    | { readonly type: 'resumed' }
    /** The vendor took the stop. */
    | { readonly type: 'cleared'; readonly durationMs: number }
    /** The last session has gone and the vendor has no stop: the indicator is gone by itself within `withinMs`. */
    | { readonly type: 'expired'; readonly withinMs: number }
    /** A session has begun. Told before `keep` returns. */
    | ({ readonly type: 'opened' } & SessionNames)
    /** A session was paused: it does not show until it goes on. */
    | ({ readonly type: 'paused' | 'continued' } & SessionNames)
    /** A session has a wish that the vendor cannot show. It shows plain typing. */
    | ({
        readonly type: 'not-shown';
        readonly wishes: readonly StartWish[];
      } & SessionNames)
    /** No indicator can be shown for a session: its `fallback` takes over. */
    | ({
        readonly type: 'fallback';
        /** `nothing-shows`: the capabilities say so. `refused`: the vendor refused for good, see `error`. */
        readonly reason: 'nothing-shows' | 'refused';
        readonly error?: TypingError | undefined;
      } & SessionNames)
    /** A function of a `fallback` threw, or took more than 10 seconds. */
    | {
        readonly type: 'fallback-failed';
        readonly step: 'show' | 'update' | 'clear';
        readonly why: 'threw' | 'timeout';
        /** Whether this step has not failed like this before: the one to log. */
        readonly isFirst: boolean;
      }
    /** A session has ended. */
    | ({ readonly type: 'closed'; readonly reason: CloseReason } & SessionNames)
    /** A reader of `inbound()` is too slow: its buffer was full, and the oldest event in it is lost to it. */
    | {
        readonly type: 'inbound-dropped';
        /** Whether this reader has lost nothing before: the one to log. */
        readonly isFirst: boolean;
      }
  );

/** Where something happened. */
export interface TypingEventSource {
  readonly channel: string;
  readonly provider: string;
  /**
   * The key of the conversation. It may hold ids of recipients, so it is not enumerable: a program can read it, and an event
   * that is printed or made JSON does not show it.
   */
  readonly conversation?: string | undefined;
}

/** Which session it was. */
export interface SessionNames {
  /** See `typing.session(id)`. */
  readonly sessionId: string;
  /** What its options call it. */
  readonly label?: string | undefined;
}

/** The same before anybody says where. */
export type UnsourcedEvent = DistributiveOmit<TypingEvent, keyof TypingEventSource>;

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown
  ? Omit<Union, Key>
  : never;
