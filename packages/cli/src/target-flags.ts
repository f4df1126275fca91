import type { ChannelDescription, TargetField } from '@typingkit/core';
import type { Command } from 'commander';
import { CommandError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';

/** `--chat-id` for the field `chatId`. */
export function flagOf({ name }: TargetField): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Adds a flag for each field of the channel's target. */
export function addTargetFlags(command: Command, { targetFields }: ChannelDescription): void {
  for (const field of targetFields) command.option(`${flagOf(field)} <value>`, field.description);
  const needed = targetFields.filter(({ isOptional }) => !isOptional);
  command.usage([...needed.map((field) => `${flagOf(field)} <value>`), '[options]'].join(' '));
}

/**
 * The target that the flags describe. Whether the provider takes it, the provider says.
 *
 * @param example a command line that would do.
 * @throws CommandError where a flag is missing. The parser could say so, too, but it would say it before it finds a flag
 *   that is only misspelt.
 */
export function targetFrom(
  { targetFields }: ChannelDescription,
  flags: Readonly<Record<string, unknown>>,
  example: string,
): Record<string, unknown> {
  const missing = targetFields.find((one) => !one.isOptional && flags[one.name] === undefined);
  if (missing) {
    const message = `${flagOf(missing)} is missing: ${missing.description}`;
    throw new CommandError(message, `Like this: ${example}`, exitCodes.usage);
  }
  const given = targetFields.filter(({ name }) => flags[name] !== undefined);
  return Object.fromEntries(given.map(({ name }) => [name, flags[name]]));
}

/** The flags that a channel cannot do without, with examples, as they are typed into a shell. */
export function exampleFlags(description: ChannelDescription): string {
  const needed = description.targetFields.filter(({ isOptional }) => !isOptional);
  return flagsFor(description, Object.fromEntries(needed.map((one) => [one.name, one.example])));
}

/** The flags that name a target, as they are typed into a shell. */
export function flagsFor({ targetFields }: ChannelDescription, target: object): string {
  const values = new Map(Object.entries(target));
  return targetFields
    .filter(({ name }) => values.get(name) !== undefined)
    .map((field) => `${flagOf(field)} ${quoted(String(values.get(field.name)))}`)
    .join(' ');
}

function quoted(text: string): string {
  return /^[\w.:@/+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
