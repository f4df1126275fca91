import { type ChannelDescription, TypingError } from '@typingkit/core';
import { environment, missingSettings, type SettingsSource, variableOf } from './settings.ts';

/** The variable that says which provider serves a channel: `TYPINGKIT_IMESSAGE`. */
export function choiceVariable(channel: string): string {
  return `TYPINGKIT_${channel.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

/**
 * Which of a channel's providers to use: the one that is named by {@link choiceVariable}, or else the one whose required
 * settings are there.
 *
 * @param candidates all of them serve the same channel; at least one.
 * @throws TypingError `misconfigured`, where it is not clear which one is meant.
 */
export function chooseProvider(
  candidates: readonly ChannelDescription[],
  source: SettingsSource = environment,
): ChannelDescription {
  const [first, second] = candidates;
  if (!first) throw new Error('a channel needs a provider');
  const variable = choiceVariable(first.channel);
  const wish = source.read(variable)?.toLowerCase();
  if (wish !== undefined) {
    const wanted = candidates.find(({ provider }) => provider === wish);
    if (wanted) return wanted;
    const reason = `${variable} does not name a provider of this channel`;
    throw undecided(first, reason, `Set it to ${names(candidates)}.`);
  }
  if (!second) return first;
  const configured = candidates.filter((one) => missingSettings(one, source).length === 0);
  if (configured.length > 1) {
    const reason = `more than one provider of this channel is configured`;
    throw undecided(first, reason, `Set ${variable} to the one to use: ${names(configured)}.`);
  }
  // Where one is half configured, what it still needs is what has to be said.
  const begun = candidates.filter((one) => isBegun(one, source));
  const only = configured[0] ?? (begun.length === 1 ? begun[0] : undefined);
  if (only) return only;
  const ways = candidates.map((one) => `${variablesNeeded(one)} for ${one.vendor}`);
  const advice = `Set ${ways.join('; or ')}. Set them ${source.where}.`;
  throw undecided(first, 'no provider of this channel is configured', advice);
}

/** Some descriptions, by channel. */
export function byChannel(
  descriptions: readonly ChannelDescription[],
): ReadonlyMap<string, readonly ChannelDescription[]> {
  const groups = new Map<string, ChannelDescription[]>();
  for (const description of descriptions) {
    const group = groups.get(description.channel);
    if (group) group.push(description);
    else groups.set(description.channel, [description]);
  }
  return groups;
}

function isBegun({ settings }: ChannelDescription, source: SettingsSource): boolean {
  return settings.some((one) => one.isRequired && variableOf(one, source) !== undefined);
}

function variablesNeeded({ settings }: ChannelDescription): string {
  const needed = settings.filter(({ isRequired }) => isRequired);
  return listed(
    needed.map(({ variables: [variable] }) => variable),
    'and',
  );
}

function names(candidates: readonly ChannelDescription[]): string {
  return listed(
    candidates.map(({ provider }) => provider),
    'or',
  );
}

/** `A`, `A and B`, `A, B and C`. */
function listed(words: readonly string[], before: 'and' | 'or'): string {
  const last = words.at(-1) ?? '';
  const others = words.slice(0, -1).join(', ');
  return others === '' ? last : `${others} ${before} ${last}`;
}

function undecided({ channel }: ChannelDescription, reason: string, advice: string): TypingError {
  return new TypingError({
    code: 'misconfigured',
    channel,
    operation: 'configure',
    reason,
    advice,
  });
}
