import { Command } from 'commander';
import { channelList } from './channel-list.ts';
import type { CommandContext } from './command-context.ts';
import { commands, completionCommand } from './commands.ts';
import { exitCodeMeanings } from './exit-codes.ts';
import { examples } from './help-text.ts';
import { print } from './output.ts';
import { ownVersion } from './own-version.ts';
import { styled } from './printable.ts';

/**
 * The command line as the parser knows it. Only the command that is asked for is loaded; the others are names, so that
 * help comes at once.
 *
 * @param onComplaint gets what the parser has to say against the command line, before it throws.
 */
export async function createProgram(
  commandLine: readonly string[],
  context: CommandContext,
  onComplaint: (text: string) => void,
): Promise<Command> {
  const program = new Command('typingkit')
    .description('Show "typing..." on any chat channel, and find out why it is not seen.')
    .version(ownVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .configureHelp({
      styleTitle: (title) => styled('bold', title),
      // Their arguments are on their own pages, and not known before they are loaded.
      subcommandTerm: (command) => command.name(),
    })
    .configureOutput({ writeOut: printHelp, writeErr: onComplaint })
    .showHelpAfterError('See typingkit --help.')
    .exitOverride();
  const [asked] = commandLine;
  const asksToComplete = asked === completionCommand.requestName;
  for (const { name, summary, load } of commands) {
    const command = program.command(name).summary(summary).description(sentence(summary));
    command.showHelpAfterError(`See typingkit ${name} --help.`);
    if (asksToComplete || asked === name) await (await load())(command, context);
  }
  await addCompletion(program, asksToComplete || asked === completionCommand.name);
  return program.addHelpText('after', overview);
}

/** @param commandLine where `--config` may stand. */
export function createContext(commandLine: readonly string[]): CommandContext {
  let loaded: ReturnType<CommandContext['channels']> | undefined;
  return { channels: () => (loaded ??= channelList(commandLine)), exitCode: 0 };
}

function printHelp(text: string): void {
  print(process.stdout, text.replace(/\n$/, '').split('\n'));
}

async function addCompletion(program: Command, isAsked: boolean): Promise<void> {
  const { name, summary } = completionCommand;
  if (!isAsked) {
    program.command(name).summary(summary);
    return;
  }
  const { default: tab } = await import('@bomb.sh/tab/commander');
  tab(program, { completionCommandName: name });
  const added = program.commands.find((command) => command.name() === name);
  added?.summary(summary).description(sentence(summary));
  added?.showHelpAfterError(`See typingkit ${name} --help.`);
  added?.addHelpText(
    'after',
    examples(['typingkit completion bash', 'typingkit completion zsh']) +
      "\nTo keep it: echo 'source <(typingkit completion zsh)' >> ~/.zshrc\n",
  );
}

function sentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`;
}

const overview = `${examples([
  'typingkit channels',
  'typingkit send --help',
  'typingkit simulate --help',
])}
Keys come from the environment, or from a .env file in this directory: \`typingkit channels\` lists them.

Exit codes:
${exitCodeMeanings.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`).join('\n')}
`;
