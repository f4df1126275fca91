import { type ChannelDescription, TypingError, type TypingProvider } from '@typingkit/core';
import { byChannel, choiceVariable, chooseProvider } from './choose-provider.ts';
import { type EnvironmentTargets, knownProviders } from '../known-providers.ts';
import { addressOf } from './provider-address.ts';
import { environment, missingSettings, providerFrom, type SettingsSource } from './settings.ts';

/** Makes the provider of each channel when that is first used, of what the settings are then. */
export type LazyChannels<Targets extends object> = {
  readonly [Channel in keyof Targets]: () => TypingProvider<Targets[Channel]>;
};

/**
 * The channels that the environment configures. Nothing is read before a channel is used.
 *
 * @example
 * configureTyping({ channels: { ...environmentChannels, pager: () => pager() } });
 */
export const environmentChannels: LazyChannels<EnvironmentTargets> = channelsFrom(
  knownProviders,
  environment,
) as LazyChannels<EnvironmentTargets>; // Both are made of the same descriptions.

/** The channels that some descriptions serve, with settings from anywhere. */
export function channelsFrom(
  descriptions: readonly ChannelDescription[],
  source: SettingsSource,
): LazyChannels<Record<string, unknown>> {
  const channels = [...byChannel(descriptions)].map(
    ([channel, candidates]) => [channel, () => chosenProvider(candidates, source)] as const,
  );
  return Object.fromEntries(channels);
}

function chosenProvider(
  candidates: readonly ChannelDescription[],
  source: SettingsSource,
): TypingProvider {
  const chosen = chooseProvider(candidates, source);
  const provider = providerFrom(chosen, source);
  const others = candidates.filter((one) => one !== chosen);
  if (others.length === 0) return provider;
  // A prototype, and not a copy: getters and methods stay what they are.
  return Object.create(provider, {
    parseTarget: {
      value: (input: unknown) => {
        try {
          return provider.parseTarget(input);
        } catch (error) {
          throw withVendorOf(input, error, chosen, others, source);
        }
      },
    },
  });
}

/** Where another vendor of the channel would take the target, its name is the best advice. */
function withVendorOf(
  input: unknown,
  error: unknown,
  chosen: ChannelDescription,
  others: readonly ChannelDescription[],
  source: SettingsSource,
): unknown {
  if (!TypingError.isInstance(error) || error.code !== 'invalid-target') return error;
  const other = others.find((one) => isTarget(input, one, source));
  if (!other) return error;
  const { channel, provider } = chosen;
  const reason = `this is not a target of ${chosen.vendor} but one of ${other.vendor}`;
  const isSetUp = missingSettings(other, source).length === 0;
  const instead = isSetUp
    ? `set ${choiceVariable(channel)} to ${other.provider}`
    : `set up ${other.vendor} for ${channel}`;
  const advice = `Pass a target of ${chosen.vendor}, or ${instead}.`;
  return new TypingError({ code: 'invalid-target', channel, provider, reason, advice });
}

function isTarget(
  input: unknown,
  description: ChannelDescription,
  source: SettingsSource,
): boolean {
  try {
    addressOf(description, source).parseTarget(input);
    return true;
  } catch {
    return false;
  }
}
