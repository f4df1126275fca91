import { describeTypingProvider, type ProviderFacts, type VendorFailure } from '@typingkit/testing';
import { expect } from 'vitest';
import { teams, teamsAddress, type TeamsTarget } from '../src/index.ts';

const appId = '3c2b1a09-1111-2222-3333-444455556666';
const conversationId = '19:meeting_abc@thread.v2;messageid=1481567603816';
const path = '/v3/conversations/19%3Ameeting_abc%40thread.v2%3Bmessageid%3D1481567603816';
const operationId = 'd5c3c9ad-6f1c-4a4c-9a0b-0f1f3a1d2b3c';
const trace = { 'x-correlating-operationid': operationId };

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages#status-code-responses */
const failures: readonly VendorFailure[] = [
  refused(400, 'Bad Argument', 'rejected', 'BadArgument'),
  refused(401, 'BotNotRegistered', 'unauthenticated'),
  {
    name: '401 before the connector',
    answer: {
      status: 401,
      headers: trace,
      json: { message: 'Authorization has been denied for this request.' },
    },
    code: 'unauthenticated',
    message: 'Authorization has been denied for this request',
    traceId: operationId,
  },
  refused(403, 'BotNotInConversationRoster', 'forbidden'),
  refused(403, 'ConversationBlockedByUser', 'forbidden'),
  refused(403, 'BotDisabledByAdmin', 'forbidden'),
  refused(403, 'NotEnoughPermissions', 'forbidden'),
  refused(403, 'MessageWritesBlocked', 'forbidden'),
  refused(403, 'InvalidBotApiHost', 'rejected'),
  refused(404, 'BotNotInConversationRoster', 'forbidden'),
  refused(404, 'ConversationNotFound', 'not-found'),
  refused(404, 'ActivityNotFoundInConversation', 'not-found'),
  refused(405, 'MethodNotAllowed', 'unsupported'),
  { ...refused(412, 'PreconditionFailed', 'unavailable'), retryable: true },
  refused(413, 'MessageSizeTooBig', 'rejected'),
  {
    ...refused(429, 'Throttled', 'rate-limited', 'Throttled', { 'retry-after': '12' }),
    retryAfterMs: 12_000,
  },
  refused(500, 'ServiceError', 'unavailable'),
  refused(502, 'ServiceError', 'unavailable'),
  refused(503, 'ServiceError', 'unavailable'),
  refused(504, 'ServiceError', 'unavailable'),
];

const person = { id: '29:1person', name: 'Ada' };
const bot = { id: `28:${appId}`, name: 'Bot' };
const message = {
  type: 'message',
  id: '1485983408511',
  timestamp: '2026-11-20T12:00:00.000Z',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  channelId: 'msteams',
  from: person,
  recipient: bot,
  conversation: { id: 'a:1abc', conversationType: 'personal', tenantId: 'contoso' },
  text: 'Hi',
};
const found = {
  conversationId: 'a:1abc',
  serviceUrl: message.serviceUrl,
  conversationType: 'personal',
  channelId: 'msteams',
};

/** Activities, and the conversations in which they are to be answered. */
const targetsIn: ProviderFacts<TeamsTarget>['targetsIn'] = [
  { message, targets: [found] },
  {
    message: { ...message, conversation: { id: conversationId, conversationType: 'channel' } },
    targets: [{ ...found, conversationId, conversationType: 'channel' }],
  },
  {
    message: { type: 'message', from: {}, conversation: { id: 'web1' } },
    targets: [{ conversationId: 'web1' }],
  },
  // What a bot wrote: this one, or the other side of a Direct Line.
  { message: { ...message, from: bot }, targets: [] },
  { message: { ...message, from: { id: 'other', role: 'bot' } }, targets: [] },
  ...[
    'messageReaction',
    'messageUpdate',
    'messageDelete',
    'conversationUpdate',
    'installationUpdate',
    'invoke',
    'event',
    'typing',
    'endOfConversation',
  ].map((type) => ({ message: { ...message, type }, targets: [] })),
  { message: { ...message, serviceUrl: 'javascript:alert(1)' }, targets: [] },
];

const typing = {
  ...message,
  type: 'typing',
  channelId: 'directline',
  conversation: { id: 'web1' },
  serviceUrl: 'https://directline.botframework.com/',
};
const told = {
  state: 'started',
  target: { conversationId: 'web1', serviceUrl: typing.serviceUrl, channelId: 'directline' },
  at: new Date(message.timestamp),
  eventId: message.id,
  expiresInMs: 5_000,
} as const;

const inboundIn: ProviderFacts<TeamsTarget>['inboundIn'] = [
  { event: typing, events: [told] },
  // As the SDKs hand it on.
  { event: { ...typing, timestamp: told.at }, events: [told] },
  { event: { ...typing, id: undefined }, events: [{ ...told, eventId: message.timestamp }] },
  { event: { ...typing, timestamp: 'soon' }, events: [{ ...told, at: expect.any(Date) }] },
  { event: { ...typing, from: bot }, events: [] },
  { event: message, events: [] },
];

const facts: ProviderFacts<TeamsTarget> = {
  create: ({ apiKey, ...transport }) =>
    teams({
      appId,
      appPassword: apiKey,
      tokenUrl: `${transport.baseUrl.replace(/\/+$/, '')}/contoso/oauth2/v2.0/token`,
      ...transport,
    }),
  address: () => teamsAddress({ appId }),
  credential: 'Ab8Q~conformance_secret',
  authorization: () => ({ authorization: 'Bearer eyJ0eXAi.token-of-an-hour.sig' }),
  tokenRequest: {
    method: 'POST',
    path: '/contoso/oauth2/v2.0/token',
    form: {
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: 'Ab8Q~conformance_secret',
      scope: 'https://api.botframework.com/.default',
    },
    answer: {
      status: 200,
      json: {
        token_type: 'Bearer',
        expires_in: 3600,
        ext_expires_in: 3600,
        access_token: 'eyJ0eXAi.token-of-an-hour.sig',
      },
    },
  },
  target: { conversationId },
  otherTarget: { conversationId: 'a:1abc' },
  sameConversation: [
    { conversationId, serviceUrl: 'https://smba.trafficmanager.net/emea/' },
    { conversationId, conversationType: 'groupChat', channelId: 'msteams' },
  ],
  invalidTargets: [
    { conversationId: '' },
    { conversationId: '..' },
    { conversationId: 'a b' },
    { conversationId: 42 },
    { conversationId, serviceUrl: 'smba.trafficmanager.net' },
    { conversationId, serviceUrl: 'file:///etc/passwd' },
    { conversationId, conversationType: 'a chat' },
  ],
  hidden: [conversationId, '19:meeting_abc@thread.v2'],
  start: {
    method: 'POST',
    path: `${path}/activities`,
    json: { type: 'typing' },
    answer: { status: 202, headers: trace },
    receipt: { traceId: operationId },
  },
  stop: 'expires',
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: `${path}/members`,
        answer: { status: 200, json: [{ ...person, aadObjectId: 'ada' }] },
      },
    ],
    willShow: 'yes',
  },
  targetsIn,
  inboundIn,
  failures,
  statuses: { 405: 'unsupported', 412: 'unavailable' },
};

describeTypingProvider('teams', facts);
describeTypingProvider('teams with an access token', {
  ...facts,
  create: ({ apiKey, ...transport }) => teams({ accessToken: apiKey, ...transport }),
  address: () => teamsAddress(),
  authorization: (token) => ({ authorization: `Bearer ${token}` }),
  tokenRequest: undefined,
});

function refused(
  status: number,
  code: string,
  means: VendorFailure['code'],
  vendorCode = code,
  headers: Readonly<Record<string, string>> = {},
): VendorFailure {
  return {
    name: `${status} ${code}`,
    answer: {
      status,
      headers: { ...trace, ...headers },
      json: { error: { code, message: 'The connector says no.', innerHttpError: { body: {} } } },
    },
    code: means,
    vendorCode,
    message: 'The connector says no',
    traceId: operationId,
  };
}
