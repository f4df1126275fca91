import type { ChannelDescription } from '@typingkit/core';
import type { ServedChannel } from '@typingkit/server';
import {
  addressOf,
  byChannel,
  chooseProvider,
  missingSettings,
  type SettingsSource,
} from 'typingkit/environment';

/** What the server tells of the channels: of several vendors of one, the one that the settings choose. No key is in it. */
export function servedChannels(
  descriptions: readonly ChannelDescription[],
  source: SettingsSource,
): ServedChannel[] {
  return [...byChannel(descriptions)].flatMap(([, candidates]) =>
    [chosenOf(candidates, source) ?? candidates[0]]
      .filter((one) => one !== undefined)
      .map((one) => ({
        channel: one.channel,
        provider: one.provider,
        vendor: one.vendor,
        documentation: one.documentation,
        isConfigured: missingSettings(one, source).length === 0,
        targetFields: one.targetFields,
        capabilities: addressOf(one, source).capabilities,
      })),
  );
}

function chosenOf(
  candidates: readonly ChannelDescription[],
  source: SettingsSource,
): ChannelDescription | undefined {
  try {
    return chooseProvider(candidates, source);
  } catch {
    // Nobody has chosen, or the choice is unclear. A request to the channel is told so.
    return undefined;
  }
}
