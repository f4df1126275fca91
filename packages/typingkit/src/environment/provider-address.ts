import type { ChannelDescription, ProviderAddress, TypingCapabilities } from '@typingkit/core';
import { type SettingsSource, settingsOf } from './settings.ts';

/**
 * What a provider is without its key, with the settings that are there. A setting that is refused is left out: that is to
 * be told when the channel is used.
 */
export function addressOf(
  description: ChannelDescription,
  source: SettingsSource,
): ProviderAddress {
  try {
    return description.address(settingsOf(description, source));
  } catch {
    return description.address({});
  }
}

/** What a provider can do, for one target where they differ. */
export function capabilitiesOf(
  description: ChannelDescription,
  source: SettingsSource,
  target?: unknown,
): TypingCapabilities {
  const address = addressOf(description, source);
  if (target === undefined || !address.capabilitiesOf) return address.capabilities;
  try {
    return address.capabilitiesOf(address.parseTarget(target));
  } catch {
    // What is wrong with the target is for the engine to say.
    return address.capabilities;
  }
}
