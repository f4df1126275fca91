import type { Command } from 'commander';
import { plain } from '../src/printable.ts';
import { createContext, createProgram } from '../src/program.ts';

/** A page of help, as the command prints it into a pipe. */
export interface HelpPage {
  /** `typingkit send imessage`. */
  readonly command: string;
  readonly text: string;
}

/** Every page of help that there is. */
export async function helpPages(): Promise<HelpPage[]> {
  // What asks to complete needs to know everything.
  const everything = ['complete'];
  const program = await createProgram(everything, createContext([]), () => {});
  return pagesOf(program, program.name());
}

function pagesOf(command: Command, name: string): HelpPage[] {
  const help = command.createHelp();
  const children = help.visibleCommands(command).filter((child) => child.name() !== 'help');
  return [
    { command: name, text: textOf(command) },
    ...children.flatMap((child) => pagesOf(child, `${name} ${child.name()}`)),
  ];
}

function textOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (written) => (text += written),
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.split('\n').map(plain).join('\n').trim();
}
