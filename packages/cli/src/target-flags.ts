import type { ChannelDescription, TargetField } from '@typingkit/core';
import type { Command } from 'commander';
import { CommandError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';

/** `--chat-id` for the field `chatId`. */
export function flagOf({ name }: TargetField): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Adds a flag for each field of a channel's target: of every vendor's target, where there are several. */
export function addTargetFlags(command: Command, candidates: readonly ChannelDescription[]): void {
  const meanings = new Map<string, string[]>();
  for (const { vendor, targetFields } of candidates) {
    for (const field of targetFields) {
      const own = candidates.length > 1 ? `${vendor}: ${field.description}` : field.description;
      meanings.set(flagOf(field), [...(meanings.get(flagOf(field)) ?? []), own]);
    }
  }
  for (const [flag, texts] of meanings) command.option(`${flag} <value>`, texts.join('. '));
  const needed = candidates.map((one) =>
    requiredFields(one)
      .map((field) => `${flagOf(field)} <value>`)
      .join(' '),
  );
  command.usage(`${needed.join(' | ')} [options]`);
}

/**
 * The target that the flags describe. Whether the provider takes it, the provider says.
 *
 * @param candidates the vendors of the channel.
 * @param chosen the one whose flags are missed, where some are.
 * @param example a command line that would do.
 * @throws CommandError where a flag is missing. The parser could say so, too, but it would say it before it finds a flag
 *   that is only misspelt.
 */
export function targetFrom(
  candidates: readonly ChannelDescription[],
  chosen: ChannelDescription,
  flags: Readonly<Record<string, unknown>>,
  example: string,
): Record<string, unknown> {
  const missing = missingField(chosen, flags);
  // A whole target of another vendor is for the engine to refuse: it says whose it is.
  if (missing && candidates.every((one) => missingField(one, flags))) {
    const message = `${flagOf(missing)} is missing: ${missing.description}`;
    throw new CommandError(message, `For example: ${example}`, exitCodes.usage);
  }
  const names = candidates.flatMap(({ targetFields }) => targetFields.map(({ name }) => name));
  const given = names.filter((name) => flags[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, flags[name]]));
}

function missingField(
  description: ChannelDescription,
  flags: Readonly<Record<string, unknown>>,
): TargetField | undefined {
  return requiredFields(description).find(({ name }) => flags[name] === undefined);
}

function requiredFields({ targetFields }: ChannelDescription): readonly TargetField[] {
  return targetFields.filter(({ isOptional }) => !isOptional);
}

/** The flags that a channel cannot do without, with examples, as they are typed into a shell. */
export function exampleFlags(description: ChannelDescription): string {
  const needed = requiredFields(description);
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
