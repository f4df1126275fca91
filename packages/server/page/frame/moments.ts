/** `5 s`, `3 min`, `2 h`, `4 days` */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}

/** `in 5 s`, or `now` where it is due. */
export function until(atMs: number, nowMs: number): string {
  return atMs - nowMs < 1_000 ? 'now' : `in ${span(atMs - nowMs)}`;
}

/** `1 session`, `1,234 sessions` */
export function sessions(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'session' : 'sessions'}`;
}
