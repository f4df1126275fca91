import type { StartWishes } from '../../api/start-wishes.ts';
import type { ListedSession } from '../session/listed-session.ts';
import type { Indicator } from './indicator.ts';

// The sessions of one indicator: a list without memory of its own, the newest first. Those that hold it are counted;
// those that still wait for `delayMs` are not.

/** What the sessions of one indicator wish for. */
export interface Wishes {
  /** How many of them say how a start should be. */
  sayers: number;
  /** How many of those that hold it say how often they want a refresh. */
  refreshers: number;
  /** The shortest of their intervals; `undefined` where it has to be looked for. */
  shortestMs: number | undefined;
}

/** Lists a session, which does not hold the indicator yet. */
export function list(indicator: Indicator, session: ListedSession): void {
  const { firstSession } = indicator;
  session.following = firstSession;
  if (firstSession) firstSession.preceding = session;
  indicator.firstSession = session;
  if (session.hasWishes) wishesOf(indicator).sayers += 1;
}

export function addHolder(indicator: Indicator, session: ListedSession): void {
  session.isHolding = true;
  indicator.holders += 1;
  const { refreshEveryMs } = session;
  if (refreshEveryMs === Infinity) return;
  const wishes = wishesOf(indicator);
  wishes.refreshers += 1;
  if (wishes.shortestMs !== undefined && refreshEveryMs < wishes.shortestMs) {
    wishes.shortestMs = refreshEveryMs;
  }
}

/** It stays in the list. */
export function removeHolder(indicator: Indicator, session: ListedSession): void {
  session.isHolding = false;
  indicator.holders -= 1;
  const { refreshEveryMs } = session;
  if (refreshEveryMs === Infinity) return;
  const wishes = wishesOf(indicator);
  wishes.refreshers -= 1;
  // Looked for when it is needed: ten thousand that leave at once would look for it ten thousand times.
  if (refreshEveryMs === wishes.shortestMs) wishes.shortestMs = undefined;
}

export function unlist(indicator: Indicator, session: ListedSession): void {
  if (session.isHolding) removeHolder(indicator, session);
  detach(indicator, session);
}

function detach(indicator: Indicator, session: ListedSession): void {
  const { preceding, following } = session;
  if (preceding) preceding.following = following;
  else indicator.firstSession = following;
  if (following) following.preceding = preceding;
  session.preceding = undefined;
  session.following = undefined;
  if (session.hasWishes) wishesOf(indicator).sayers -= 1;
}

/** Takes all sessions away, and leaves it to the caller to end them. */
export function unlistAll(indicator: Indicator): ListedSession[] {
  const sessions = [...sessionsOf(indicator)];
  indicator.firstSession = undefined;
  indicator.holders = 0;
  indicator.wishes = undefined;
  for (const session of sessions) {
    session.isHolding = false;
    session.preceding = undefined;
    session.following = undefined;
  }
  return sessions;
}

/** Whether a session is in the list. */
export function isListed({ firstSession }: Indicator, session: ListedSession): boolean {
  return session === firstSession || session.preceding !== undefined;
}

/** All sessions, the newest first. */
export function* sessionsOf({ firstSession }: Indicator): Generator<ListedSession, void> {
  for (let session = firstSession; session; session = session.following) yield session;
}

/** What the newest session wishes that holds the indicator and wishes for anything. */
export function newestWishes(indicator: Indicator): StartWishes | undefined {
  if (!indicator.wishes?.sayers) return undefined;
  for (const session of sessionsOf(indicator)) {
    if (session.isHolding && session.hasWishes) return session.options;
  }
  return undefined;
}

/** Lets a session change what it wishes, and makes it the newest: whoever spoke last is heard. */
export function renewWishes(
  indicator: Indicator,
  session: ListedSession,
  change: () => void,
): void {
  detach(indicator, session);
  change();
  list(indicator, session);
}

/** How often the most impatient holder wants a refresh, in milliseconds; `Infinity` where none cares. */
export function shortestWishMs(indicator: Indicator): number {
  const { wishes } = indicator;
  if (!wishes?.refreshers) return Infinity;
  wishes.shortestMs ??= lookForShortest(indicator);
  return wishes.shortestMs;
}

function lookForShortest(indicator: Indicator): number {
  let shortestMs = Infinity;
  for (const { isHolding, refreshEveryMs } of sessionsOf(indicator)) {
    if (isHolding && refreshEveryMs < shortestMs) shortestMs = refreshEveryMs;
  }
  return shortestMs;
}

function wishesOf(indicator: Indicator): Wishes {
  indicator.wishes ??= { sayers: 0, refreshers: 0, shortestMs: undefined };
  return indicator.wishes;
}
