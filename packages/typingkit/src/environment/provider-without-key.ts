import type { ChannelDescription, TypingCapabilities, TypingProvider } from '@typingkit/core';
import { type SettingsSource, settingsOf } from './settings.ts';

/**
 * A provider that is only asked what it can do, and what a target is. Keys are never used for that, so any text will do,
 * and a setting that is refused is left out: that is to be told when the channel is used.
 */
export function providerWithoutKey(
  description: ChannelDescription,
  source: SettingsSource,
): TypingProvider {
  const required = description.settings.filter(({ isRequired }) => isRequired);
  const anything = Object.fromEntries(
    required.map(({ name, isAddress }) => [name, isAddress ? 'https://example.invalid' : 'none']),
  );
  const given = Object.entries(settingsOf(description, source));
  const known = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  try {
    return description.create({ ...anything, ...known });
  } catch {
    return description.create(anything);
  }
}

/** What a provider can do, for one target where they differ. */
export function capabilitiesOf(
  description: ChannelDescription,
  source: SettingsSource,
  target?: unknown,
): TypingCapabilities {
  const provider = providerWithoutKey(description, source);
  if (target === undefined || !provider.capabilitiesOf) return provider.capabilities;
  try {
    return provider.capabilitiesOf(provider.parseTarget(target));
  } catch {
    // What is wrong with the target is for the engine to say.
    return provider.capabilities;
  }
}
