import type { Command } from 'commander';

/** The flags of every command. */
export interface OutputFlags {
  readonly json?: boolean;
}

/** The flags of every command that has to do with channels. */
export interface ChannelFlags extends OutputFlags {
  readonly verbose?: boolean;
}

export function addOutputFlags(command: Command): Command {
  return command.option('--json', 'print JSON for scripts; errors are JSON on stderr');
}

export function addConfigFlag(command: Command): Command {
  return command.option('--config <file>', 'a module that exports your own channels');
}

export function addVerboseFlag(command: Command): Command {
  return command.option('--verbose', 'log each step to stderr, without keys');
}
