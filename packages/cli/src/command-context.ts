import type { ChannelDescription } from '@typingkit/core';
import type { Command } from 'commander';

/** What a command may ask for, and where it says how it went. */
export interface CommandContext {
  /** The channels there are. Loading them takes a moment, so only commands that need them ask. */
  readonly channels: () => Promise<readonly ChannelDescription[]>;
  /** What else there is to do where settings are missing. */
  hint?: string;
  /** What the process ends with, where nothing is thrown. */
  exitCode: number;
}

/** Gives a command its arguments, flags, examples and action. */
export type Setup = (command: Command, context: CommandContext) => Promise<void> | void;
