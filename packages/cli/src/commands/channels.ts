import {
  type ChannelDescription,
  type ChannelSetting,
  type TargetField,
  type TypingCapabilities,
  TypingError,
} from '@typingkit/core';
import {
  addressOf,
  choiceVariable,
  chooseProvider,
  missingSettings,
  providerFrom,
  variableOf,
} from 'typingkit/environment';
import type { Setup } from '../command-context.ts';
import { inWords } from '../duration.ts';
import { examples } from '../help-text.ts';
import { refuseChannel } from '../open-typing.ts';
import { addConfigFlag, addOutputFlags, type OutputFlags } from '../output-flags.ts';
import { outputFor } from '../output.ts';
import { styled } from '../printable.ts';
import { settings as source } from '../settings.ts';
import { exampleFlags, flagOf } from '../target-flags.ts';
import { table } from '../table.ts';

export const setUpChannels: Setup = (command, context) => {
  command.argument('[channel]', 'print everything about this one');
  addOutputFlags(addConfigFlag(command));
  command.addHelpText('after', () => examples(['typingkit channels', 'typingkit channels --json']));
  command.action(async (name: string | undefined, flags: OutputFlags) => {
    const all = await context.channels();
    const shown = name === undefined ? all : all.filter(({ channel }) => channel === name);
    if (name !== undefined && shown.length === 0) return refuseChannel(all, name);
    const rows = shown.map((description) => ({ description, state: stateOf(description, all) }));
    const text = name === undefined ? overview(rows) : rows.flatMap(inDetail);
    outputFor(flags).result({ channels: rows.map(asData) }, text);
  });
};

/** A provider, and whether it is set up. */
interface Row {
  readonly description: ChannelDescription;
  /** `yes`, or why not. */
  readonly state: string;
}

/** Everything that a script may ask of a channel. Of keys only where they come from. */
function asData({ description, state }: Row): object {
  const { channel, provider, vendor, documentation, targetFields, settings } = description;
  return {
    channel,
    provider,
    vendor,
    documentation,
    isConfigured: state === 'yes',
    flags: targetFields.map(flagData),
    settings: settings.map(settingData),
    capabilities: addressOf(description, source).capabilities,
  };
}

function flagData(field: TargetField): object {
  const { name, description, example, isOptional } = field;
  return { flag: flagOf(field), name, description, example, isOptional };
}

function settingData(setting: ChannelSetting): object {
  const { name, variables, description, isRequired, isSecret } = setting;
  const setBy = variableOf(setting, source) ?? null;
  return { name, variables, description, isRequired, isSecret, setBy };
}

function overview(channels: readonly Row[]): string[] {
  const titles = ['CHANNEL', 'VENDOR', 'SHOWS FOR', 'CLEARED BY', 'GROUPS', 'HEARS', 'SET UP'];
  const rows = channels.map(({ description, state }) => {
    const { capabilities } = addressOf(description, source);
    return [
      description.channel,
      description.vendor,
      lifetime(capabilities),
      clearedBy(capabilities),
      known(capabilities.groups),
      capabilities.inbound ? 'reports typing' : '-',
      state,
    ];
  });
  return table(titles, rows);
}

function inDetail({ description, state }: Row): string[] {
  const { channel, vendor, documentation, targetFields, settings } = description;
  const { capabilities } = addressOf(description, source);
  const { minIntervalMs, budget, sideEffects, requires } = capabilities;
  const facts: readonly (readonly [string, string])[] = [
    ['vendor', `${vendor}, ${documentation}`],
    ['set up', state],
    ['one start shows for', lifetime(capabilities)],
    ['cleared by', clearedBy(capabilities)],
    ['groups', known(capabilities.groups)],
    ['reports who is typing', capabilities.inbound ? 'yes' : 'no'],
    ['sent at most', `every ${inWords(minIntervalMs)} in one conversation`],
    ...(budget
      ? [['', `${budget.requests} times in ${inWords(budget.perMs)} in all`] as const]
      : []),
    ['also', sideEffects.includes('marks-read') ? 'marks messages as read' : '-'],
    ['shows only in', requires.join('; ') || 'any conversation'],
  ];
  const flags = targetFields.map((field): [string, string] => [
    flagOf(field),
    `${field.description}${field.isOptional ? ' (optional)' : ''}`,
  ]);
  const variables = settings.map(({ variables: names, description: what, isRequired }) => [
    names.join(' or '),
    `${what}${isRequired ? '' : ' (optional)'}`,
  ]);
  return [
    styled('bold', channel),
    ...table(undefined, facts),
    '',
    styled('bold', 'Flags'),
    ...table(undefined, flags),
    '',
    styled('bold', 'Environment'),
    ...table(undefined, variables),
    '',
    `Try: typingkit send ${channel} ${exampleFlags(description)}`,
  ];
}

function stateOf(description: ChannelDescription, all: readonly ChannelDescription[]): string {
  const missing = missingSettings(description, source).map(({ variables: [variable] }) => variable);
  if (missing.length > 0) return `no: set ${missing.join(', ')}`;
  try {
    providerFrom(description, source);
    const chosen = chooseProvider(
      all.filter(({ channel }) => channel === description.channel),
      source,
    );
    return chosen === description
      ? 'yes'
      : `no: ${choiceVariable(chosen.channel)} is ${chosen.provider}`;
  } catch (error) {
    if (TypingError.isInstance(error)) return `no: ${error.reason}`;
    throw error;
  }
}

function lifetime({ ttl }: TypingCapabilities): string {
  switch (ttl.kind) {
    case 'fixed':
      return `${inWords(ttl.ms)} (${ttl.source})`;
    case 'caller':
      return `${inWords(ttl.minMs)} to ${inWords(ttl.maxMs)}`;
    case 'until-stopped':
      return 'until stopped';
  }
}

function clearedBy({ stop, clearsOnMessage }: TypingCapabilities): string {
  const ways = [
    stop === 'explicit' && 'stop',
    clearsOnMessage === true && 'a message',
    clearsOnMessage === 'unknown' && 'perhaps a message',
    stop === 'expires' && 'time',
  ];
  return ways.filter(Boolean).join(', ');
}

function known(answer: boolean | 'unknown'): string {
  return typeof answer === 'string' ? answer : answer ? 'yes' : 'no';
}
