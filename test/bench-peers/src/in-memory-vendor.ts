import { type Clock, systemClock } from './workspace-packages.ts';

/** What happened at a vendor. Times are those of its clock. */
interface Arrival {
  readonly kind: 'start' | 'stop' | 'message';
  readonly begunAtMs: number;
  /** When it took effect; `undefined` where it failed, was aborted, or is still on its way. */
  takenAtMs: number | undefined;
}

/** How a vendor treats starts. */
export interface VendorBehaviour {
  readonly clock?: Clock | undefined;
  readonly startTakesMs?: number | undefined;
  /** Starts fail with what this returns. */
  readonly failWith?: (() => Error) | undefined;
  /** Starts never settle, not even when they are aborted. */
  readonly hangs?: boolean | undefined;
  /** How long one start shows. */
  readonly ttlMs?: number | undefined;
}

/** A chat at a vendor without a network. Both sides of a scenario talk to the same kind. */
export interface InMemoryVendor {
  readonly clock: Clock;
  readonly ttlMs: number;
  readonly arrivals: readonly Arrival[];
  readonly starts: readonly Arrival[];
  readonly stops: readonly Arrival[];
  readonly messages: readonly Arrival[];
  /** An aborted start is taken back, unless the vendor hangs. */
  start(signal?: AbortSignal): Promise<void>;
  stop(): Promise<void>;
  message(): Promise<void>;
  /** For how much of this time the indicator was on the screen. */
  visibleMs(fromMs: number, toMs: number): number;
}

export function inMemoryVendor(behaviour: VendorBehaviour = {}): InMemoryVendor {
  const { clock = systemClock, startTakesMs = 0, ttlMs = 10_000, failWith, hangs } = behaviour;
  const arrivals: Arrival[] = [];
  const of = (kind: Arrival['kind']): Arrival[] => arrivals.filter((each) => each.kind === kind);
  const arrive = (kind: Arrival['kind']): Arrival => {
    const arrival: Arrival = { kind, begunAtMs: clock.now(), takenAtMs: undefined };
    arrivals.push(arrival);
    return arrival;
  };
  const takeAtOnce = async (kind: 'stop' | 'message'): Promise<void> => {
    const arrival = arrive(kind);
    arrival.takenAtMs = arrival.begunAtMs;
  };

  return {
    clock,
    ttlMs,
    arrivals,
    get starts() {
      return of('start');
    },
    get stops() {
      return of('stop');
    },
    get messages() {
      return of('message');
    },
    async start(signal) {
      const arrival = arrive('start');
      if (hangs) await new Promise<never>(() => {});
      if (startTakesMs > 0) await delay(clock, startTakesMs, signal);
      if (failWith) throw failWith();
      arrival.takenAtMs = clock.now();
    },
    stop: () => takeAtOnce('stop'),
    message: () => takeAtOnce('message'),
    visibleMs: (fromMs, toMs) => visibleMs(arrivals, ttlMs, fromMs, toMs),
  };
}

/** Waits; rejects with the signal's reason when that is aborted. Holds the process, as a socket would. */
function delay(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimer(resolve, ms);
    const giveUp = (): void => {
      timer.cancel();
      reject(signal?.reason);
    };
    if (signal?.aborted) giveUp();
    else signal?.addEventListener('abort', giveUp, { once: true });
  });
}

function visibleMs(
  arrivals: readonly Arrival[],
  ttlMs: number,
  fromMs: number,
  toMs: number,
): number {
  const taken = arrivals
    .flatMap(({ kind, takenAtMs }) => (takenAtMs === undefined ? [] : [{ kind, takenAtMs }]))
    .toSorted((a, b) => a.takenAtMs - b.takenAtMs);
  return taken
    .map(({ kind, takenAtMs }, place) => {
      const nextMs = taken[place + 1]?.takenAtMs ?? Infinity;
      const untilMs = kind === 'start' ? Math.min(takenAtMs + ttlMs, nextMs) : takenAtMs;
      return Math.max(0, Math.min(untilMs, toMs) - Math.max(takenAtMs, fromMs));
    })
    .reduce((sum, ms) => sum + ms, 0);
}
