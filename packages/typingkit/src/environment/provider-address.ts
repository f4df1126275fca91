import type { ChannelDescription, ProviderAddress } from '@typingkit/core';
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
