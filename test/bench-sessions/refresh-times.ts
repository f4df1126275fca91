import { refreshMs } from './instant-provider.ts';
import { type Spread, spreadOf } from './spread.ts';

/** When refreshes came, against when they were due. */
export interface RefreshTimes {
  /** Beyond the moment that the engine had chosen. */
  readonly lateMs: Spread;
  /** From one start of a conversation to the next. The cadence is 4 s and up to a tenth of it earlier. */
  readonly intervalMs: Spread;
  /** How many intervals were longer than the cadence. */
  readonly overdue: number;
  /** Refreshes in the busiest tenth of a second, against the average one. */
  readonly busiest: number;
}

/** Watches the starts of many conversations. Pass `random` to `createTyping`: the engine draws each due time from it. */
export interface RefreshTimer {
  readonly random: () => number;
  readonly onStart: (conversation: number) => void;
  result(): RefreshTimes;
}

/**
 * The engine draws one number for each start that is accepted, in the order of the answers; a provider that answers in
 * a microtask answers in the order of the starts. So the first number drawn belongs to the first start that has none.
 */
export function refreshTimer(count: number, seconds: number): RefreshTimer {
  const room = Math.ceil(count * (seconds / 3.6 + 2));
  const late = new Float64Array(room);
  const intervals = new Float64Array(room);
  const dueAtMs = new Float64Array(count).fill(Number.NaN);
  const startedAtMs = new Float64Array(count).fill(Number.NaN);
  const perTenth: number[] = [];
  const unanswered: number[] = [];
  const beganAtMs = performance.now();
  let answered = 0;
  let refreshes = 0;

  return {
    random() {
      const drawn = Math.random();
      const conversation = unanswered[answered];
      if (conversation === undefined) return drawn;
      answered += 1;
      if (answered === unanswered.length) {
        unanswered.length = 0;
        answered = 0;
      }
      dueAtMs[conversation] = (startedAtMs[conversation] ?? 0) + refreshMs * (1 - 0.1 * drawn);
      return drawn;
    },
    onStart(conversation) {
      const nowMs = performance.now();
      const sinceMs = nowMs - (startedAtMs[conversation] ?? Number.NaN);
      if (!Number.isNaN(sinceMs)) {
        late[refreshes] = nowMs - (dueAtMs[conversation] ?? Number.NaN);
        intervals[refreshes] = sinceMs;
        refreshes += 1;
      }
      startedAtMs[conversation] = nowMs;
      unanswered.push(conversation);
      const tenth = Math.floor((nowMs - beganAtMs) / 100);
      perTenth[tenth] = (perTenth[tenth] ?? 0) + 1;
    },
    result() {
      // The last tenth is not over.
      const tenths = Array.from(perTenth, (starts: number | undefined) => starts ?? 0).slice(0, -1);
      const mean = tenths.reduce((total, starts) => total + starts, 0) / tenths.length;
      const measured = intervals.subarray(0, refreshes);
      const overdue = measured.reduce((total, ms) => total + (ms > refreshMs ? 1 : 0), 0);
      return {
        lateMs: spreadOf(late.subarray(0, refreshes)),
        intervalMs: spreadOf(measured),
        overdue,
        busiest: Math.max(...tenths) / mean,
      };
    },
  };
}
