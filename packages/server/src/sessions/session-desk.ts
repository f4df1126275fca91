import type { CloseReason, KeepOptions, SessionSnapshot, TypingEvent } from '@typingkit/core';
import { Problem, type ProblemDocument } from '../problems/problem.ts';
import { problemOf } from '../problems/problem-of-error.ts';
import type { AnyTyping, SessionHandle } from '../served-typing.ts';
import { LastEntries } from './last-entries.ts';
import { SessionList } from './session-list.ts';

/** How many sessions that have ended are remembered, so that their clients can be told why. */
const mostEnded = 10_000;

/** What is known of a session that is alive, from when it was opened. */
export interface LiveSession {
  readonly id: string;
  readonly label?: string | undefined;
  readonly channel: string;
  readonly provider: string;
  readonly conversation: string;
  readonly openedAtMs: number;
}

/** A session that has ended. */
export interface EndedSession extends LiveSession {
  readonly endedAtMs: number;
  readonly closeReason: CloseReason;
  /** What the vendor refused with. */
  readonly problem?: ProblemDocument | undefined;
}

/** What a client asked about, as far as this process knows it. */
export interface FoundSession {
  readonly id: string;
  /** Absent: it has ended. */
  readonly handle?: SessionHandle | undefined;
  readonly live?: LiveSession | undefined;
  readonly ended?: EndedSession | undefined;
}

export interface SessionLimits {
  /** How many sessions may be alive. */
  readonly mostSessions: number;
  /** How long a session may be paused, in milliseconds: its caps stand still, and its client may have died. */
  readonly longestPauseMs: number;
}

/** Opens sessions and finds them again. It hears of all sessions of the `Typing`, whoever opened them. */
export class SessionDesk {
  readonly list: SessionList;
  readonly #typing: AnyTyping;
  readonly #limits: SessionLimits;
  readonly #live = new Map<string, LiveSession>();
  readonly #ended = new LastEntries<EndedSession>(mostEnded);
  /** The sessions that were opened here, with their targets as they were given. */
  readonly #opened = new Map<
    string,
    { readonly target: unknown; readonly handle: SessionHandle }
  >();
  readonly #pauses = new Map<string, NodeJS.Timeout>();
  readonly #forget: () => void;

  constructor(typing: AnyTyping, limits: SessionLimits) {
    this.#typing = typing;
    this.#limits = limits;
    this.list = new SessionList(() => typing.sessions());
    for (const { ageMs, ...snapshot } of typing.sessions().map(copied))
      this.#live.set(snapshot.id, { ...snapshot, openedAtMs: Date.now() - ageMs });
    this.#forget = typing.observe((event) => this.#see(event));
  }

  /** How many sessions are alive. */
  get size(): number {
    return this.#live.size;
  }

  /** @throws Problem `too-many-sessions`; TypingError as `keep` does. */
  open(channel: string, target: unknown, options: KeepOptions): FoundSession {
    if (this.#live.size >= this.#limits.mostSessions) throw new Problem('too-many-sessions');
    const handle: SessionHandle = this.#typing.keep(channel, target, options);
    const { id } = handle;
    if (this.#live.has(id)) this.#opened.set(id, { target, handle });
    return this.#found(id, handle);
  }

  /** @throws Problem `no-such-session`. */
  find(id: string): FoundSession {
    const handle = this.#ended.get(id) ? undefined : this.#typing.session(id);
    const found = this.#found(id, handle);
    if (!found.handle && !found.ended) throw new Problem('no-such-session');
    return found;
  }

  /** @throws Problem `no-such-session`, `session-ended`. */
  findAlive(id: string): FoundSession & { readonly handle: SessionHandle } {
    const found = this.find(id);
    const { ended, handle } = found;
    if (handle && !ended) return { ...found, handle };
    throw new Problem('session-ended', {
      detail: `The session has ended: ${ended?.closeReason ?? 'closed'}.`,
      ...(ended && { closeReason: ended.closeReason }),
    });
  }

  /** The target of a session, to ask the vendor about it. @throws Problem `session-elsewhere`. */
  targetOf(id: string): unknown {
    const target = this.#opened.get(id)?.target ?? this.list.find(id)?.target;
    if (target === undefined) throw new Problem('session-elsewhere');
    return target;
  }

  /** Pauses it, and ends it where nobody resumes it. @throws Problem `session-elsewhere`. */
  pause({ id, handle }: FoundSession): void {
    if (!handle?.pause) throw new Problem('session-elsewhere');
    handle.pause();
    if (this.#pauses.has(id) || !this.#live.has(id)) return;
    const timer = setTimeout(() => void handle.stop(), this.#limits.longestPauseMs);
    this.#pauses.set(id, timer.unref());
  }

  /** @throws Problem `session-elsewhere`. */
  resume({ id, handle }: FoundSession): void {
    if (!handle?.resume) throw new Problem('session-elsewhere');
    this.#endPause(id);
    handle.resume();
  }

  close(): void {
    this.#forget();
    for (const id of this.#pauses.keys()) this.#endPause(id);
  }

  #found(id: string, handle: SessionHandle | undefined): FoundSession {
    return { id, handle, live: this.#live.get(id), ended: this.#ended.get(id) };
  }

  #see(event: TypingEvent): void {
    if (event.type === 'opened') {
      const { sessionId: id, label, channel, provider, conversation = '' } = event;
      this.#live.set(id, { id, label, channel, provider, conversation, openedAtMs: Date.now() });
    } else if (event.type === 'closed') {
      const { sessionId: id, reason: closeReason } = event;
      const live = this.#live.get(id);
      const error = this.#opened.get(id)?.handle.error;
      this.#live.delete(id);
      this.#opened.delete(id);
      this.#endPause(id);
      if (!live) return;
      const problem = error && problemOf(error);
      this.#ended.set(id, { ...live, endedAtMs: Date.now(), closeReason, problem });
    }
  }

  #endPause(id: string): void {
    clearTimeout(this.#pauses.get(id));
    this.#pauses.delete(id);
  }
}

function copied({
  id,
  label,
  channel,
  provider,
  conversation,
  ageMs,
}: SessionSnapshot): Omit<LiveSession, 'openedAtMs'> & { readonly ageMs: number } {
  return { id, label, channel, provider, conversation, ageMs };
}
