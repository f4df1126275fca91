import { commands, completionCommand } from './commands.ts';

/**
 * `help webhooks add` as the parser understands it: `webhooks add --help`. Its own `help` looks at the first name only,
 * and has no word for one that is not there.
 */
export function withHelpAsFlag(commandLine: readonly string[]): readonly string[] {
  const [first, ...asked] = commandLine;
  // Half of all programs spell it so.
  if (first === '-V') return ['-v', ...asked];
  if (first !== 'help' || asked.length === 0) return commandLine;
  const isCommand = [...commands, completionCommand].some(({ name }) => name === asked[0]);
  return isCommand ? [...asked, '--help'] : asked;
}
