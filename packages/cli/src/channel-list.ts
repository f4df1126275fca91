import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { ChannelDescription } from '@typingkit/core';
import { CommandError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';

/**
 * The providers there are: those of typingkit, and those of the file that `--config` names. Where that has one for a
 * channel, it takes the place of ours.
 *
 * @param commandLine asked for `--config` before it is parsed, because the flags to parse depend on the channels.
 */
export async function channelList(
  commandLine: readonly string[],
): Promise<readonly ChannelDescription[]> {
  const { knownProviders } = await import('typingkit');
  const file = configFileIn(commandLine);
  const own = file === undefined ? [] : await readConfigFile(file);
  const replaced = new Set(own.map(({ channel }) => channel));
  return [...knownProviders.filter(({ channel }) => !replaced.has(channel)), ...own];
}

function configFileIn(commandLine: readonly string[]): string | undefined {
  const options = { config: { type: 'string' } } as const;
  // What the shell asks to complete stands behind "--".
  const args = commandLine.filter((argument) => argument !== '--');
  const { config } = parseArgs({ args, options, strict: false }).values;
  return typeof config === 'string' ? config : undefined;
}

async function readConfigFile(file: string): Promise<readonly ChannelDescription[]> {
  let read: { readonly default?: unknown };
  try {
    read = await import(pathToFileURL(file).href);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unusable(file, `cannot be loaded (${reason.split('\n')[0]})`);
  }
  const channels = [read.default].flat();
  if (channels.length > 0 && channels.every(isDescription)) return channels;
  throw unusable(file, 'exports no channels');
}

function isDescription(value: unknown): value is ChannelDescription {
  if (typeof value !== 'object' || value === null) return false;
  const { channel, create, settings, targetFields } = value as Partial<ChannelDescription>;
  return (
    typeof channel === 'string' &&
    typeof create === 'function' &&
    Array.isArray(settings) &&
    Array.isArray(targetFields)
  );
}

function unusable(file: string, why: string): CommandError {
  return new CommandError(
    `The file ${file} ${why}`,
    'Its default export must be an array of ChannelDescription, the type in typingkit.',
    exitCodes.usage,
  );
}
