import { resolveTeamsAccessToken, sendTeamsTyping } from '@chat-adapter/teams/api';
import { Activity, ActivityTypes } from '@microsoft/agents-activity';
import { ConnectorClient as AgentsConnectorClient } from '@microsoft/agents-hosting';
import { Client } from '@microsoft/teams.api';
import type { TeamsTarget } from '@typingkit/teams';
import { ConnectorClient } from 'botframework-connector';
import type { Witnesses } from '../witness.ts';

/** An activity as Microsoft's SDK hands it to a bot. */
export const activityOfTheSdk = (body: object): Activity => Activity.fromObject(body);

/** Here `apiKey` is a token: only the Chat SDK takes another endpoint for tokens than Microsoft's. */
export const witnesses: Witnesses<TeamsTarget> = {
  '@chat-adapter/teams'({ environment = {} }) {
    const { TEAMS_TOKEN_URL: tokenUrl = '', TEAMS_APP_ID: appId = '' } = environment;
    const credentials = { appId, appPassword: environment['TEAMS_APP_PASSWORD'] ?? '' };
    return {
      start: ({ conversationId, serviceUrl = '' }) =>
        sendTeamsTyping({
          conversationId,
          serviceUrl,
          credentials: { accessToken: () => resolveTeamsAccessToken({ tokenUrl, credentials }) },
        }),
    };
  },
  'botframework-connector': ({ apiKey }) => ({
    start({ conversationId, serviceUrl = '' }) {
      const client = new ConnectorClient(
        {
          signRequest(request) {
            request.headers.set('authorization', `Bearer ${apiKey}`);
            return Promise.resolve(request);
          },
        },
        { baseUri: serviceUrl },
      );
      return client.conversations.sendToConversation(conversationId, { type: 'typing' });
    },
  }),
  '@microsoft/agents-hosting': ({ apiKey }) => ({
    start: ({ conversationId, serviceUrl = '' }) =>
      AgentsConnectorClient.createClientWithToken(serviceUrl, apiKey).sendToConversation(
        conversationId,
        new Activity(ActivityTypes.Typing),
      ),
  }),
  '@microsoft/teams.api': ({ apiKey }) => ({
    start: ({ conversationId, serviceUrl = '' }) =>
      // With the slash it asks for `//v3`. Its own framework takes it away, too.
      new Client(serviceUrl.replace(/\/$/, ''), { token: apiKey }).conversations
        .activities(conversationId)
        .create({ type: 'typing' }),
  }),
};
