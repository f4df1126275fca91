import { connectSafely } from '@typingkit/connectsafely';
import type { TypingProvider } from '@typingkit/core';
import { discord } from '@typingkit/discord';
import { linq } from '@typingkit/linq';
import { instagram, messenger, whatsapp } from '@typingkit/meta';
import { teams } from '@typingkit/teams';
import { telegram } from '@typingkit/telegram';
import { slack } from '@typingkit/slack';
import type { PhoneChannel } from '../protocol/channels/channel-rows.ts';

/** What every provider is made with here. */
export interface ProviderOptions {
  readonly apiKey: () => string;
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

/** What the environment of a bot says of the vendor, for a provider that needs more. */
type Environment = Readonly<Record<string, string>>;

/** How the provider of each channel is made. */
export const providers: Readonly<
  Record<PhoneChannel, (options: ProviderOptions, environment: Environment) => TypingProvider>
> = {
  discord: ({ apiKey, ...rest }) => discord({ botToken: apiKey, ...rest }),
  imessage: (options) => linq(options),
  linkedin: (options) => connectSafely(options),
  teams: ({ apiKey: appPassword, ...rest }, environment) =>
    teams({
      ...rest,
      appPassword,
      appId: environment['TEAMS_APP_ID'] ?? '',
      tokenUrl: environment['TEAMS_TOKEN_URL'],
    }),
  instagram: ({ apiKey, ...rest }) => instagram({ accessToken: apiKey, ...rest }),
  messenger: ({ apiKey, ...rest }) => messenger({ accessToken: apiKey, ...rest }),
  whatsapp: ({ apiKey, ...rest }) => whatsapp({ accessToken: apiKey, ...rest }),
  slack: ({ apiKey, ...rest }) => slack({ botToken: apiKey, ...rest }),
  telegram: ({ apiKey, ...rest }) => telegram({ botToken: apiKey, ...rest }),
};
