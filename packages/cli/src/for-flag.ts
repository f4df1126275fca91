import type { Command } from 'commander';
import { parseDuration } from './duration.ts';

/** The flag of every command that goes on until somebody ends it. */
export interface ForFlag {
  /** In milliseconds. */
  readonly for?: number;
}

export function addForFlag(command: Command): Command {
  return command.option(
    '--for <duration>',
    'end after this long, such as 30s or 2m',
    parseDuration,
  );
}
