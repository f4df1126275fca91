import type { Command } from 'commander';
import { parseDuration } from './duration.ts';

export interface TimeoutFlag {
  /** In milliseconds. */
  readonly timeout?: number;
}

export function addTimeoutFlag(command: Command): Command {
  return command.option(
    '--timeout <duration>',
    'time limit for the whole command (default: 10s)',
    parseDuration,
  );
}
