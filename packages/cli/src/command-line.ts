import { errorCodes } from '@typingkit/core/error-codes';
import { CommanderError } from 'commander';
import { readEnvironmentFile } from './environment-file.ts';
import { withHelpAsFlag } from './help-request.ts';
import { exitCodes } from './exit-codes.ts';
import { type Failure, type Output, outputFor, print } from './output.ts';
import { overview } from './overview.ts';
import { outputLoss, watchOutput } from './output-stream.ts';
import { createContext, createProgram } from './program.ts';
import { usageFailure } from './usage-failure.ts';

const { misconfigured } = errorCodes;

/**
 * Runs one command line, as `typingkit` does.
 *
 * @param commandLine what stands behind the name of the program.
 * @returns the exit code. Never rejects.
 */
export async function runCommandLine(commandLine: readonly string[]): Promise<number> {
  // Asked for before anything is parsed: what is wrong with the command line is said as JSON, too.
  const output = outputFor({ json: commandLine.includes('--json') });
  let complaint = '';
  const asked = withHelpAsFlag(commandLine);
  const context = createContext(asked);
  watchOutput();
  try {
    readEnvironmentFile();
    const program = await createProgram(asked, context, (text) => (complaint += text));
    if (asked.length === 0) print(process.stdout, overview());
    else await program.parseAsync([...asked], { from: 'user' });
    return context.exitCode || (await exitCodeOfLoss(output));
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodeOfLoss(output);
    // Loaded here, because it brings the engine, which help does without.
    const { failureOf } = await import('./failure.ts');
    const failure = error instanceof CommanderError ? usageFailure(complaint) : failureOf(error);
    output.failure(withHint(failure, context.hint));
    return failure.exitCode;
  }
}

/** Says what else there is to do. */
function withHint(failure: Failure, hint: string | undefined): Failure {
  if (hint === undefined || failure.exitCode !== misconfigured.exitCode) return failure;
  return { ...failure, lines: [...failure.lines, hint], data: { ...failure.data, hint } };
}

/** The command did what it should, but nobody may have read it. */
async function exitCodeOfLoss(output: Output): Promise<number> {
  const loss = await outputLoss();
  if (!loss) return exitCodes.ok;
  const { failureOf } = await import('./failure.ts');
  const failure = failureOf(loss.error);
  // A reader that has seen enough of a list (`| head`) is no failure, and nobody wants to hear of it.
  if (failure.exitCode !== exitCodes.readerEnded || loss.hasInterrupted) output.failure(failure);
  return failure.exitCode;
}
