import type { StartWishes } from '../../api/start-wishes.ts';
import type { Pause, PausedBy } from '../../api/pause.ts';
import type { TypingBudget } from '../../contract/typing-capabilities.ts';
import type { RateLimitScope, TypingError } from '../../contract/typing-error.ts';
import type { Clock, Timer } from '../../time/clock.ts';

/** What a conversation types on. All conversations of a credential, or of one of its budgets, share what limits them. */
export interface GateAccount {
  readonly channel: string;
  readonly provider: string;
  /** Names the credential, beginning with the name of the provider; or is the provider, where that does not name it. */
  readonly credential: string | object;
  /** Names one of the budgets of the credential; `undefined` where it has only one. */
  readonly budgetKey: string | undefined;
  /** How much that budget is. `undefined`: no limit that anybody knows of. */
  readonly budget: TypingBudget | undefined;
}

/**
 * A conversation as a gate sees it: the same object from `joined` or the first `admit` until `forgotten`. Times are on the
 * clock of the engine, in the past where nothing has happened, `Infinity` where nothing will.
 */
export interface GateConversation {
  /** Names it among those of its channel. May hold ids of recipients. */
  readonly key: string;
  /** The newest target that was given for it. May hold ids of recipients. */
  readonly target: unknown;
  readonly account: GateAccount;
  /** How many sessions of this process hold it. */
  readonly holders: number;
  readonly nextStartAtMs: number;
  readonly sentAtMs: number;
  /** Until when what the vendor accepted last is to be seen. */
  readonly visibleUntilMs: number;
  /** Until when a message keeps it down. */
  readonly resumeAtMs: number;
}

/**
 * What an admission is for.
 *
 * - `once`: a one-shot start, whose caller waits and does not queue.
 * - `start`: the first start since somebody holds the conversation.
 * - `refresh`: a later one.
 * - `retry`: the second attempt of a one-shot start.
 */
export type StartUse = 'once' | 'start' | 'refresh' | 'retry';

/** What a gate says to a start that is due. */
export type Verdict =
  /** It may go out, now. `admission` is whatever the gate wants to get back with the report. */
  | { readonly verdict: 'go'; readonly admission?: unknown }
  /** Not before `forMs` milliseconds have passed; without `forMs` the gate calls `wake`, unless it is asked `once`. */
  | { readonly verdict: 'wait'; readonly by: PausedBy; readonly forMs?: number | undefined }
  /** It shows already, for so long. A one-shot start is then `coalesced`; a session asks again when that is over. */
  | { readonly verdict: 'shown'; readonly visibleForMs: number }
  /** Nobody holds it any more, anywhere: its sessions here end, it is cleared and forgotten. */
  | { readonly verdict: 'unheld' }
  /** Another process has it: nothing is sent from here, not even a stop, until `wake`. Its sessions live on. */
  | { readonly verdict: 'elsewhere' };

/**
 * What became of an admission.
 *
 * - `accepted`: the vendor took the start. When it is due again stands on the conversation.
 * - `unanswered`: it was given up after it went out. It may have been shown.
 * - `unsent`: it never went out: what it cost is to be given back.
 * - a `TypingError`: it failed. One of `rate-limited` is followed by `rateLimited`.
 */
export type StartOutcome = 'accepted' | 'unanswered' | 'unsent' | TypingError;

/**
 * What a gate says to a stop that is due.
 *
 * - `stop`: it goes out. The conversation is forgotten only afterwards.
 * - `raise`: somebody came meanwhile: no stop, and it is started again.
 * - `cleared`: somebody else has cleared it.
 * - `elsewhere`: another process has it: no stop.
 */
export type StopVerdict = 'stop' | 'raise' | 'cleared' | 'elsewhere';

/** What a gate can do to the engine of one `Typing`. None of it throws, whatever is given. */
export interface GateEngine {
  readonly clock: Clock;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** Calls `run` once, up to 50 ms late. Lets the process exit. Ends with the `Typing`. */
  setTimer(run: () => void, afterMs: number): Timer;
  /** Asks again for a conversation that waits, or that was `elsewhere`, `afterMs` milliseconds from now. */
  wake(conversation: GateConversation, afterMs: number): void;
  /** Nobody holds a conversation any more: as the verdict `unheld`, without being asked. */
  unheld(conversation: GateConversation): void;
  /** A message went out, which another process was told of. */
  messageSent(conversation: GateConversation): void;
  /**
   * Makes this process refresh a conversation, for sessions that live elsewhere, until a verdict says otherwise. Once more
   * it changes what they wish.
   *
   * @returns `false` where the channel or the target does not exist here, or the `Typing` is closed.
   */
  adopt(channel: string, target: unknown, restored?: Restored): boolean;
  /** A credential is suspended: tells observers. */
  suspended(account: GateAccount, retryAfterMs: number): void;
  /** A suspended credential is good again: tells observers. */
  resumed(account: GateAccount): void;
}

/** What is known of a conversation that is adopted. All are milliseconds from now. */
export interface Restored {
  /** When its next start is due. Default: now. */
  readonly nextStartInMs?: number | undefined;
  /** For how long it shows. Default: it does not. */
  readonly visibleForMs?: number | undefined;
  /** For how long a message keeps it down. Default: none does. */
  readonly resumeInMs?: number | undefined;
  /** What the sessions wish for that live elsewhere: it goes out at once, and is heard until somebody speaks later. */
  readonly wishes?: StartWishes | undefined;
}

/**
 * Everything that limits starts, asked where the engine decides that one is due. One gate may serve several `Typing`s;
 * each of them connects once.
 *
 * The engine trusts no gate: one that throws, rejects, or does not answer within a second lets indicators fade, and never
 * hurts the work.
 */
export interface Gate {
  connect(engine: GateEngine): ConnectedGate;
}

/** A gate, as one `Typing` asks it. Nothing but `admit` and `beforeStop` is waited for. */
export interface ConnectedGate {
  /** Somebody in this process holds a conversation that nobody here held. */
  joined(conversation: GateConversation): void;
  /** Nobody in this process holds it any more; it may still be up. */
  left(conversation: GateConversation): void;
  /** The engine knows nothing of it any more: it is down, and nobody here wants it. */
  forgotten(conversation: GateConversation): void;
  /**
   * Asked when a start is due, and again each time it is still due. While the answer is awaited nothing else of that
   * conversation goes out, and a stop or `close()` overtakes it: what was admitted is then reported as `unsent`.
   *
   * @param nowMs on the clock of the engine.
   */
  admit(
    conversation: GateConversation,
    use: StartUse,
    nowMs: number,
  ): Verdict | PromiseLike<Verdict>;
  /** Comes once for each admission. */
  report(conversation: GateConversation, admission: unknown, outcome: StartOutcome): void;
  /** Asked right before a stop goes out, when no start is in flight any more. */
  beforeStop(conversation: GateConversation): StopVerdict | PromiseLike<StopVerdict>;
  /** Nothing may go out on a budget, or with a whole credential, for a while: the vendor said so, or the caller. */
  rateLimited(account: GateAccount, forMs: number, scope: RateLimitScope): void;
  /** How often a conversation may refresh at the most where all share a budget, in milliseconds; 0: as it likes. */
  paceMs(conversation: GateConversation): number;
  /**
   * Names a new session of a conversation, so that other processes find it by its `id`: unique, and impossible to guess.
   * Default: 128 random bits.
   */
  nameSession?(conversation: GateConversation): string;
  /** What pauses an account now, the strongest first. For `diagnose`, snapshots and events: spends nothing. */
  pauseOf(account: GateAccount, nowMs: number): Pause | undefined;
  /** The `Typing` has closed. */
  close(): void;
}
