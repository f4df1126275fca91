import { existsSync } from 'node:fs';
import { CommandError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';

/** Reads `.env` of the working directory, if there is one. What the environment already says wins. */
export function readEnvironmentFile(): void {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `.env in this directory cannot be read (${reason})`,
      'Mend it, or run the command in another directory.',
      exitCodes.usage,
    );
  }
}
