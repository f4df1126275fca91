import type { SessionSnapshot } from '@typingkit/core';

/** So many sessions are shown; the others are counted. */
const mostShown = 100;

/** Whether a session is not where it should be. */
export function isTroubled({ state, pause }: SessionSnapshot): boolean {
  return pause !== undefined || state === 'suspended' || state === 'fallback';
}

/** The sessions that a person looks for first: those in trouble, then the others, the oldest of each first. */
export function firstSessions(snapshots: readonly SessionSnapshot[]): readonly SessionSnapshot[] {
  const troubled = oldest(snapshots.filter(isTroubled));
  if (troubled.length === mostShown) return troubled;
  const others = oldest(snapshots.filter((snapshot) => !isTroubled(snapshot)));
  return [...troubled, ...others].slice(0, mostShown);
}

function oldest(snapshots: readonly SessionSnapshot[]): readonly SessionSnapshot[] {
  if (snapshots.length <= mostShown) return snapshots.toSorted(byAge);
  // There may be a hundred thousand, and few of them are shown: they need not all be sorted.
  let first = snapshots.slice(0, mostShown).toSorted(byAge);
  let youngest = first.at(-1)?.ageMs ?? 0;
  for (const snapshot of snapshots.slice(mostShown)) {
    if (snapshot.ageMs <= youngest) continue;
    first.push(snapshot);
    if (first.length < 2 * mostShown) continue;
    first = first.toSorted(byAge).slice(0, mostShown);
    youngest = first.at(-1)?.ageMs ?? 0;
  }
  return first.toSorted(byAge).slice(0, mostShown);
}

function byAge(one: SessionSnapshot, other: SessionSnapshot): number {
  return other.ageMs - one.ageMs;
}
