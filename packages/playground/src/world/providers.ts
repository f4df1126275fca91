import { bluebubbles } from '@typingkit/bluebubbles';
import { connectSafely } from '@typingkit/connectsafely';
import type { TypingProvider } from '@typingkit/core';
import { discord } from '@typingkit/discord';
import { line } from '@typingkit/line';
import { linq } from '@typingkit/linq';
import { matrix } from '@typingkit/matrix';
import { mattermost } from '@typingkit/mattermost';
import { instagram, messenger, whatsapp } from '@typingkit/meta';
import { sendblue } from '@typingkit/sendblue';
import { signal } from '@typingkit/signal';
import { slack } from '@typingkit/slack';
import { teams } from '@typingkit/teams';
import { telegram } from '@typingkit/telegram';
import { twilio, type TwilioNetwork } from '@typingkit/twilio';
import { unipile } from '@typingkit/unipile';
import { zulip } from '@typingkit/zulip';
import type { PhoneChannel } from '../protocol/channels/channel-rows.ts';

/** What every provider is made with here. */
export interface ProviderOptions {
  readonly apiKey: () => string;
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

/** What the environment of a bot says of the vendor, for a provider that needs more. */
type Environment = Readonly<Record<string, string>>;

/** How the provider of each phone is made. */
export const providers: Readonly<
  Record<PhoneChannel, (options: ProviderOptions, environment: Environment) => TypingProvider>
> = {
  apple: (options, environment) => twilioOn('apple', options, environment),
  bluebubbles: ({ apiKey, ...rest }) => bluebubbles({ password: apiKey, ...rest }),
  discord: ({ apiKey, ...rest }) => discord({ botToken: apiKey, ...rest }),
  imessage: (options) => linq(options),
  instagram: ({ apiKey, ...rest }) => instagram({ accessToken: apiKey, ...rest }),
  line: ({ apiKey, ...rest }) => line({ channelAccessToken: apiKey, ...rest }),
  linkedin: (options) => connectSafely(options),
  matrix: ({ apiKey, ...rest }) => matrix({ accessToken: apiKey, ...rest }),
  mattermost: ({ apiKey, ...rest }) => mattermost({ token: apiKey, ...rest }),
  messenger: ({ apiKey, ...rest }) => messenger({ accessToken: apiKey, ...rest }),
  sendblue: ({ apiKey, ...rest }, environment) => {
    const apiKeyId = environment['SENDBLUE_API_KEY_ID'] ?? '';
    const credentials = () => ({ apiKeyId, apiSecretKey: apiKey() });
    return sendblue({ ...rest, credentials, fromNumber: environment['SENDBLUE_FROM_NUMBER'] });
  },
  // Nobody is asked for a key there.
  signal: ({ baseUrl, timeoutMs }) => signal({ baseUrl, timeoutMs }),
  slack: ({ apiKey, ...rest }) => slack({ botToken: apiKey, ...rest }),
  teams: ({ apiKey: appPassword, ...rest }, environment) =>
    teams({
      ...rest,
      appPassword,
      appId: environment['TEAMS_APP_ID'] ?? '',
      tokenUrl: environment['TEAMS_TOKEN_URL'],
    }),
  telegram: ({ apiKey, ...rest }) => telegram({ botToken: apiKey, ...rest }),
  twilio: (options, environment) => twilioOn('whatsapp', options, environment),
  unipile: (options) => unipile(options),
  whatsapp: ({ apiKey, ...rest }) => whatsapp({ accessToken: apiKey, ...rest }),
  zulip: ({ apiKey, ...rest }, environment) =>
    zulip({ ...rest, apiKey, email: environment['ZULIP_EMAIL'] ?? '' }),
};

function twilioOn(
  network: TwilioNetwork,
  { apiKey, timeoutMs }: ProviderOptions,
  environment: Environment,
): TypingProvider {
  const accountSid = environment['TWILIO_ACCOUNT_SID'] ?? '';
  return twilio({
    network,
    credentials: () => ({ accountSid, authToken: apiKey() }),
    // Where the simulated networks are apart, Twilio has one address for both.
    baseUrl: environment['TWILIO_API_URL'],
    timeoutMs,
  });
}
