import type { TypingError } from '../../contract/typing-error.ts';
import { Bubble } from './bubble.ts';
import type { StartWishes } from '../../api/start-wishes.ts';
import type { ListedSession } from '../session/listed-session.ts';
import type { CloseReason } from '../../api/session.ts';

/** The sessions of one indicator. Those that hold it are counted; those that still wait for `delayMs` are not. */
export abstract class SessionList extends Bubble {
  #first: ListedSession | undefined = undefined;
  #holders = 0;
  /** How many sessions wish for anything: mostly none, and then none has to be looked at. */
  #wishers = 0;
  #wishMs: number | undefined = undefined;

  get sessions(): SessionList {
    return this;
  }

  /** How many sessions hold the indicator. */
  get holders(): number {
    return this.#holders;
  }

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  /** How often the most impatient holder wants a refresh, in milliseconds; `Infinity` where none cares. */
  get wishMs(): number {
    return this.#wishMs ?? Infinity;
  }

  /** What the newest session wishes that wishes for anything. */
  get wishes(): StartWishes | undefined {
    if (this.#wishers === 0) return undefined;
    for (const session of this) if (session.hasWishes) return session.options;
    return undefined;
  }

  add(session: ListedSession): void {
    session.following = this.#first;
    if (this.#first) this.#first.preceding = session;
    this.#first = session;
    if (session.hasWishes) this.#wishers += 1;
  }

  addHolder(session: ListedSession): void {
    session.isHolding = true;
    this.#holders += 1;
    if (session.refreshEveryMs < this.wishMs) this.#wishMs = session.refreshEveryMs;
  }

  remove(session: ListedSession): void {
    const { preceding, following, isHolding, refreshEveryMs } = session;
    if (preceding) preceding.following = following;
    else this.#first = following;
    if (following) following.preceding = preceding;
    session.preceding = undefined;
    session.following = undefined;
    if (session.hasWishes) this.#wishers -= 1;
    if (!isHolding) return;
    session.isHolding = false;
    this.#holders -= 1;
    if (refreshEveryMs === this.#wishMs) this.#wishMs = this.#smallestWishMs();
  }

  endAll(reason: CloseReason, error?: TypingError): void {
    for (let session = this.#first; session; session = this.#first) {
      this.remove(session);
      session.finish(reason, error);
    }
  }

  *[Symbol.iterator](): Generator<ListedSession, void> {
    for (let session = this.#first; session; session = session.following) yield session;
  }

  #smallestWishMs(): number | undefined {
    let smallestMs = Infinity;
    for (let session = this.#first; session; session = session.following) {
      if (session.isHolding) smallestMs = Math.min(smallestMs, session.refreshEveryMs);
    }
    return smallestMs === Infinity ? undefined : smallestMs;
  }
}
