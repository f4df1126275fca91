import { writeFileSync } from 'node:fs';
import type { Report } from './report.ts';

/** Where {@link measureProcess} leaves its report. */
export const reportPathVariable = 'BENCH_PEERS_REPORT';

/** The exit code of a program that is broken itself: what it measured is no result. */
export const brokenProgram = 70;

/** What a program uses to measure. */
export interface Probe {
  /** Milliseconds since the scenario began. */
  readonly now: () => number;
  readonly record: (measured: Readonly<Record<string, number>>) => void;
  /** What to measure when the process ends. */
  readonly recordAtExit: (read: () => Readonly<Record<string, number>>) => void;
  /** The work is over: a process that lives on from here is held by a leftover. */
  readonly workIsOver: () => void;
}

/**
 * Runs one side of a scenario as the only thing in this process. The process ends as it would without us: by itself
 * when nothing holds it, or with a crash where nobody handles a rejection.
 */
export function measureProcess(scenario: (probe: Probe) => Promise<void>): void {
  const beganAt = performance.now();
  const measured: Record<string, number> = {};
  let readAtExit: (() => Readonly<Record<string, number>>) | undefined;
  let overAt: number | undefined;
  let unhandledRejections = 0;
  let crash: string | undefined;

  // A monitor sees what an `unhandledRejection` listener would prevent.
  process.on('uncaughtExceptionMonitor', (error, origin) => {
    crash = String(error);
    if (origin === 'unhandledRejection') unhandledRejections += 1;
  });
  process.on('exit', (exitCode) => {
    const path = process.env[reportPathVariable];
    const heldMs = overAt === undefined ? undefined : performance.now() - overAt;
    Object.assign(measured, readAtExit?.());
    const report: Report = { measured, exitCode, heldMs, unhandledRejections, crash };
    if (path) writeFileSync(path, JSON.stringify(report));
    else console.log(report);
  });

  const probe: Probe = {
    now: () => performance.now() - beganAt,
    record: (more) => void Object.assign(measured, more),
    recordAtExit: (read) => (readAtExit = read),
    workIsOver: () => (overAt = performance.now()),
  };
  scenario(probe).catch((error: unknown) => {
    console.error(error);
    process.exitCode = brokenProgram;
  });
}
