import { checkedAdvanceMs } from './clock.ts';
import type { SimulatedClock } from './clock.ts';

/** What happens by itself at some simulated time. */
export interface Schedule {
  /** The clock that it goes by: whoever advances it lets everything happen that lies between, in order and each at its time. */
  readonly clock: SimulatedClock;
  /** Runs a task at a simulated time, at once if that has passed. Answers what calls it off. */
  at(atMs: number, task: () => void): () => void;
  clear(): void;
}

interface Appointment {
  readonly atMs: number;
  readonly task: () => void;
}

// What Node's timers can take.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createSchedule(clock: SimulatedClock): Schedule {
  let appointments: Appointment[] = [];
  let timer: NodeJS.Timeout | undefined;

  const runDue = (untilMs: () => number): void => {
    for (;;) {
      const next = appointments[0];
      if (next === undefined || next.atMs > untilMs()) break;
      appointments.shift();
      clock.advance(Math.max(0, next.atMs - clock.now()));
      next.task();
    }
    setTimer();
  };

  const setTimer = (): void => {
    clearTimeout(timer);
    const next = appointments[0];
    if (next === undefined || clock.speed() === 0) return;
    const realMs = Math.ceil((next.atMs - clock.now()) / clock.speed());
    timer = setTimeout(
      () => {
        runDue(() => clock.now());
      },
      Math.min(Math.max(1, realMs), LONGEST_TIMER_MS),
    );
    // The open port keeps the process alive, not what may still happen.
    timer.unref();
  };

  return {
    clock: {
      ...clock,
      advance(milliseconds) {
        const untilMs = clock.now() + checkedAdvanceMs(milliseconds);
        runDue(() => untilMs);
        clock.advance(Math.max(0, untilMs - clock.now()));
      },
      setSpeed(speed) {
        clock.setSpeed(speed);
        setTimer();
      },
    },
    at(atMs, task) {
      const appointment = { atMs, task };
      // From the end, where nearly all of them belong.
      const index = appointments.findLastIndex((other) => other.atMs <= atMs) + 1;
      appointments.splice(index, 0, appointment);
      if (index === 0) setTimer();
      return () => {
        appointments = appointments.filter((other) => other !== appointment);
      };
    },
    clear() {
      appointments = [];
      clearTimeout(timer);
    },
  };
}
