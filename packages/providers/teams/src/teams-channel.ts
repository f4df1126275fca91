import type { ChannelDescription } from '@typingkit/core';
import type { TeamsTarget } from './target.ts';
import { teams, teamsAddress } from './teams.ts';

/** The channel `teams`, as it is configured by strings: environment variables, flags. */
export const teamsChannel: ChannelDescription<TeamsTarget, 'teams'> = {
  channel: 'teams',
  provider: 'teams',
  factory: 'teams',
  vendor: 'Microsoft Teams',
  documentation:
    'https://learn.microsoft.com/azure/bot-service/bot-service-quickstart-registration',
  targetFields: [
    {
      name: 'conversationId',
      description: "the conversation's id, as conversation.id in every activity",
      example: '19:abc@thread.v2',
      isOptional: false,
    },
    {
      name: 'serviceUrl',
      description: 'the address of the connector, as serviceUrl in the newest activity',
      example: 'https://smba.trafficmanager.net/teams/',
      isOptional: true,
    },
    {
      name: 'conversationType',
      description: 'personal, groupChat or channel, as conversation.conversationType',
      example: 'groupChat',
      isOptional: true,
    },
    {
      name: 'channelId',
      description: 'msteams, webchat or directline, as channelId in every activity',
      example: 'msteams',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'appId',
      variables: ['TEAMS_APP_ID', 'CLIENT_ID', 'MicrosoftAppId'],
      description: "the app's id, from the Azure Bot resource",
      isRequired: true,
      isSecret: false,
    },
    {
      name: 'appPassword',
      variables: ['TEAMS_APP_PASSWORD', 'CLIENT_SECRET', 'MicrosoftAppPassword'],
      description: "the app's client secret",
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'tenantId',
      variables: ['TEAMS_APP_TENANT_ID', 'TENANT_ID', 'MicrosoftAppTenantId'],
      description: 'the tenant of a single-tenant app',
      example: 'contoso.onmicrosoft.com',
      isRequired: false,
      isSecret: false,
    },
    {
      name: 'tokenUrl',
      variables: ['TEAMS_TOKEN_URL'],
      description: 'the endpoint that issues tokens',
      isRequired: false,
      // It gets the client secret; it is none.
      isSecret: false,
      isAddress: true,
    },
    {
      name: 'serviceHosts',
      variables: ['TEAMS_SERVICE_HOSTS'],
      description: "hosts besides Microsoft's that may receive the token, separated by commas",
      example: 'bots.example.com,127.0.0.1:3978',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
    {
      name: 'baseUrl',
      variables: ['TEAMS_API_URL'],
      description: 'the base URL of the connector, for targets without a serviceUrl',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: ({ appId }) => teamsAddress({ appId }),
  create: ({ appId = '', appPassword = '', tenantId, tokenUrl, serviceHosts, baseUrl }) =>
    teams({
      appId,
      appPassword,
      tenantId,
      tokenUrl,
      serviceHosts: serviceHosts?.split(',').map((host) => host.trim()),
      baseUrl,
    }),
};
