/** What one program of a scenario measured, and what its process did. */
export interface Report {
  /** Counts and milliseconds, by name. */
  readonly measured: Readonly<Record<string, number>>;
  readonly exitCode: number | undefined;
  /** How long the process lived on after the work of the scenario was over; `undefined` where it never was. */
  readonly heldMs: number | undefined;
  readonly unhandledRejections: number;
  /** What the process died of. */
  readonly crash?: string | undefined;
}

/** One of the measurements. */
export function measurement({ measured }: Report, name: string): number {
  const value = measured[name];
  if (value === undefined) throw new Error(`a program did not measure ${name}`);
  return value;
}

/** How long an empty event loop may take to end, in milliseconds. */
const exitMs = 100;

/** Whether the process ended by itself as soon as the work was over, and nothing was left unhandled. */
export function isCleanExit({ exitCode, heldMs, unhandledRejections }: Report): boolean {
  return exitCode === 0 && heldMs !== undefined && heldMs < exitMs && unhandledRejections === 0;
}
