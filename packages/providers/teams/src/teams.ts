import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type TypingCapabilities,
  TypingError,
  type TypingProvider,
} from '@typingkit/core';
import {
  allowedHosts,
  cachedToken,
  type CredentialSource,
  credentialField,
  transportFields,
  type TransportOptions,
  type VendorAnswer,
  vendorClient,
} from '@typingkit/core/http';
import {
  array,
  boolean,
  milliseconds,
  optional,
  refined,
  strictObject,
  string,
  withDefault,
} from '@typingkit/core/schema';
import { capabilitiesFor } from './capabilities.ts';
import { diagnoseConversation } from './diagnose.ts';
import { readTeamsError, traceOf } from './error-body.ts';
import { teamsInboundIn, teamsTargetsIn } from './inbound.ts';
import { isTeamChannel, Target, type TeamsTarget, tellsTyping } from './target.ts';

/** What {@link teamsAddress} needs to know. */
export interface TeamsAddressOptions {
  /** The app's id, which also names the credential. */
  readonly appId?: string | undefined;
  /**
   * How long one start shows, in milliseconds. Default: 5,000, as Microsoft's own SDK has seen it. The protocol promises no
   * more than 3,000.
   */
  readonly lifetimeMs?: number | undefined;
  /**
   * Whether to send typing into the channels of a team, too. Default: `false`: Teams shows none there, so a start is
   * `unsupported` and no request is made.
   */
  readonly teamChannels?: boolean | undefined;
}

interface SharedOptions extends TransportOptions, TeamsAddressOptions {
  /** The connector for targets without a `serviceUrl`. Default: `https://smba.trafficmanager.net/teams`. */
  readonly baseUrl?: string | undefined;
  /**
   * More hosts that may get the token, besides Microsoft's: `bots.example.com`, `*.example.com`, or `127.0.0.1:3978` for an
   * emulator. A target with another host is refused. Default: none.
   */
  readonly serviceHosts?: readonly string[] | undefined;
}

interface SecretOptions extends SharedOptions {
  readonly appId: string;
  /** The app's client secret, or a function that returns it. */
  readonly appPassword: CredentialSource<string, TeamsTarget>;
  readonly accessToken?: undefined;
  /** The tenant of a single-tenant app, by its id or domain. Default: `botframework.com`, for a multi-tenant app. */
  readonly tenantId?: string | undefined;
  /** Where tokens come from. Default: Microsoft Entra's endpoint of the tenant, in the public cloud. */
  readonly tokenUrl?: string | undefined;
  /** What the token is for. Default: `https://api.botframework.com/.default`, the public cloud. */
  readonly tokenScope?: string | undefined;
}

interface TokenOptions extends SharedOptions {
  /** A function that returns an access token, for a managed identity or a certificate. It should remember the token. */
  readonly accessToken: CredentialSource<string, TeamsTarget>;
  readonly appPassword?: undefined;
}

/** What {@link teams} needs to know: the app's id and secret, or how to get a token. */
export type TeamsOptions = SecretOptions | TokenOptions;

const url = string(
  /^https?:\/\/[^\s?#\\@]+$/i,
  'must be an http(s) URL without user, query or hash',
);
const addressFields = {
  appId: optional(string(/^[\w.-]{1,128}$/, "must be the app's id")),
  lifetimeMs: withDefault(milliseconds(), 5_000),
  teamChannels: withDefault(boolean(), false),
};
const AddressOptions = strictObject(addressFields);
const Options = refined(
  strictObject({
    ...transportFields('https://smba.trafficmanager.net/teams'),
    ...addressFields,
    appPassword: optional(credentialField<TeamsTarget>()),
    accessToken: optional(credentialField<TeamsTarget>()),
    tenantId: withDefault(
      string(/^[\w.-]{1,128}$/, 'must be the id or the domain of a tenant'),
      'botframework.com',
    ),
    tokenUrl: optional(url),
    tokenScope: withDefault(
      string(/^[\x21-\x7e]+$/, 'must be a scope'),
      'https://api.botframework.com/.default',
    ),
    serviceHosts: withDefault(
      array(
        string(
          /^(?:\*\.)?[a-z\d](?:[a-z\d.-]*[a-z\d])?(?::\d{1,5})?$/,
          'must be a host in lower case, such as bots.example.com or 127.0.0.1:3978',
        ),
      ),
      [],
    ),
  }),
  ({ appId, appPassword, accessToken }) => {
    if ((appPassword === undefined) === (accessToken === undefined)) {
      return 'must have either appPassword or accessToken';
    }
    return appPassword !== undefined && appId === undefined ? 'must have appId' : undefined;
  },
);

/**
 * Where Microsoft's connectors are. Not all of `trafficmanager.net`: anybody can have a name there.
 *
 * @see https://www.npmjs.com/package/@microsoft/agents-hosting (outboundHostValidator.js)
 */
const microsoftHosts = [
  'smba.trafficmanager.net',
  '*.botframework.com',
  '*.botframework.azure.us',
  '*.teams.microsoft.com',
  '*.teams.microsoft.us',
] as const;

const accepted = [200, 201, 202, 204] as const;

/**
 * The part of {@link teams} that needs no secret.
 *
 * @throws TypingError `misconfigured`, where an option is not what it should be.
 */
export function teamsAddress(options: TeamsAddressOptions = {}): ProviderAddress<TeamsTarget> {
  const { appId, lifetimeMs, teamChannels } = parseOptions('teams', AddressOptions, options);
  const { chat, teamChannel, directLine } = capabilitiesFor(lifetimeMs);
  return {
    specification: 1,
    name: 'teams',
    capabilities: chat,
    capabilitiesOf(target): TypingCapabilities {
      if (tellsTyping(target)) return directLine;
      return isTeamChannel(target) && !teamChannels ? teamChannel : chat;
    },
    parseTarget: (input) => parseTarget('teams', Target, input),
    // Not the serviceUrl: it changes while the conversation stays.
    conversationKey: ({ conversationId }) => conversationId,
    // Limits are for each bot in each conversation: https://learn.microsoft.com/answers/questions/1059876
    budgetKey: ({ conversationId }) => conversationId,
    ...(appId !== undefined && { credentialKey: () => appId }),
    targetsIn: teamsTargetsIn,
    inboundIn: (activity) => teamsInboundIn(activity, lifetimeMs),
  };
}

/**
 * Microsoft Teams through the Bot Connector, which also leads to Web Chat and Direct Line.
 *
 * The token is fetched with the first start, kept until shortly before it ends, and forgotten after a 401. It goes only to
 * hosts of Microsoft and to `serviceHosts`: a target with another `serviceUrl` is `invalid-target`.
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be.
 * @see https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-send-and-receive-messages
 */
export function teams(options: TeamsOptions): TypingProvider<TeamsTarget> {
  const {
    appId,
    appPassword,
    accessToken,
    lifetimeMs,
    teamChannels,
    tenantId,
    tokenUrl = `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`,
    tokenScope: scope,
    serviceHosts,
    ...transport
  } = parseOptions('teams', Options, options);
  const address = teamsAddress({ appId, lifetimeMs, teamChannels });
  const token = cachedToken<string, TeamsTarget>({
    request: (secret) => ({
      url: tokenUrl,
      form: {
        grant_type: 'client_credentials',
        client_id: appId ?? '',
        client_secret: secret,
        scope,
      },
    }),
  });
  const ask = vendorClient<string, TeamsTarget>(
    'teams',
    { ...transport, apiKey: appPassword ?? accessToken },
    {
      ...(appPassword === undefined
        ? { credentialOption: 'accessToken' }
        : { credentialOption: 'appPassword', token }),
      mayReceiveKey: allowedHosts(...microsoftHosts, ...serviceHosts),
      readError: readTeamsError,
    },
  );
  const exchange = (
    request: Pick<Parameters<typeof ask>[0], 'operation' | 'method' | 'json' | 'expects'>,
    target: TeamsTarget,
    collection: 'activities' | 'members',
    signal: AbortSignal | undefined,
  ): Promise<VendorAnswer> => {
    const { conversationId, serviceUrl: baseUrl } = target;
    const path = `/v3/conversations/${encodeURIComponent(conversationId)}/${collection}`;
    // Without the thread: `19:abc@thread.tacv2;messageid=1`.
    const redact = [conversationId.replace(/;.*/s, '')];
    return ask({ ...request, path, baseUrl, target, redact }, { signal });
  };
  const shows = (target: TeamsTarget): boolean => address.capabilitiesOf?.(target).shows !== false;
  return {
    ...address,
    async start(target, { signal }) {
      if (!shows(target)) {
        throw new TypingError({
          code: 'unsupported',
          provider: 'teams',
          operation: 'start',
          reason: "Teams shows no typing in a team's channels",
        });
      }
      const json = { type: 'typing' };
      const request = { operation: 'start', method: 'post', json, expects: accepted } as const;
      const answer = await exchange(request, target, 'activities', signal);
      // The connector answers with an id or with nothing; a proxy with its page.
      if (!answer.isEmpty && answer.body === undefined) throw answer.failure();
      return { traceId: traceOf(answer) };
    },
    diagnose: (target, { signal }) =>
      diagnoseConversation(target, shows(target), () =>
        exchange({ operation: 'diagnose', method: 'get', expects: 200 }, target, 'members', signal),
      ),
  };
}
