import type { Command } from 'commander';
import { parseDuration } from './duration.ts';

export interface TimeoutFlag {
  /** In milliseconds. */
  readonly timeout?: number;
}

export function addTimeoutFlag(command: Command): void {
  command.option(
    '--timeout <duration>',
    'how long it may take in all (default: 10s)',
    parseDuration,
  );
}
