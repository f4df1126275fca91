import { describeTypingProvider, type ProviderFacts, type VendorFailure } from '@typingkit/testing';
import { slack, slackAddress, type SlackTarget } from '../src/index.ts';

const channelId = 'C0123456789';
const ts = '1724264405.531769';
const teamId = 'T0123456789';
const target: SlackTarget = { channelId, threadTs: ts, teamId };

/** Words that Slack answers with status 200: docs.slack.dev/reference/methods/assistant.threads.setStatus#errors */
const failures: readonly VendorFailure[] = [
  ...refused('unauthenticated', [
    'not_authed',
    'invalid_auth',
    'token_revoked',
    'token_expired',
    'account_inactive',
    'two_factor_setup_required',
  ]),
  ...refused('forbidden', [
    'access_denied',
    'accesslimited',
    'ekm_access_denied',
    'not_allowed_token_type',
    'team_access_not_granted',
    'enterprise_is_restricted',
    'org_login_required',
    'not_authorized',
  ]),
  { ...failure('forbidden', 'no_permission'), message: '200 no permission (no_permission)' },
  {
    ...failure('forbidden', 'missing_scope', { needed: 'chat:write', provided: 'users:read' }),
    message: 'Add the scope chat:write',
  },
  ...refused('not-found', ['channel_not_found', 'invalid_thread_ts']),
  failure('not-found', 'channel_not_found', { detail: `Invalid channel_id ${channelId}` }),
  ...refused('unsupported', [
    'feature_disabled',
    'unknown_method',
    'method_deprecated',
    'deprecated_endpoint',
    'method_not_supported_for_channel_type',
  ]),
  ...refused('rejected', [
    'invalid_arguments',
    'invalid_arg_name',
    'invalid_array_arg',
    'invalid_charset',
    'invalid_form_data',
    'invalid_post_type',
    'missing_post_type',
    'request_timeout',
    'reserved_username',
    'a_word_of_next_year',
  ]),
  ...refused('unavailable', ['internal_error', 'fatal_error']),
  {
    name: '429 ratelimited',
    answer: {
      status: 429,
      headers: { 'retry-after': '30' },
      json: { ok: false, error: 'ratelimited' },
    },
    code: 'rate-limited',
    retryAfterMs: 30_000,
  },
  {
    name: '503 with a word of next year',
    answer: { status: 503, json: { ok: false, error: 'a_word_of_next_year' } },
    code: 'unavailable',
  },
  { name: '200 without ok', answer: { status: 200, json: {} }, code: 'bad-response' },
];

const message = { type: 'message', channel: channelId, user: 'U1', text: 'Hi', ts };
const older = '1724264000.000100';

/** Events and interactions, and the threads in which they are to be answered. */
const targetsIn: ProviderFacts<SlackTarget>['targetsIn'] = [
  row(callback({ ...message, type: 'app_mention', thread_ts: older }), older),
  row(callback(message), ts),
  row(callback({ ...message, bot_id: null }), ts),
  row(callback({ ...message, subtype: 'file_share' }), ts),
  row({ type: 'events_api', envelope_id: '1', payload: callback(message) }, ts),
  // A channel that workspaces share: the app is in the second one.
  {
    message: { ...callback(message), authorizations: [{ team_id: 'T0000000002' }] },
    targets: [{ channelId, threadTs: ts, teamId: 'T0000000002' }],
  },
  // As Bolt hands it on.
  { message, targets: [{ channelId, threadTs: ts }] },
  row(
    callback({
      type: 'assistant_thread_started',
      assistant_thread: { user_id: 'U1', channel_id: channelId, thread_ts: ts },
      event_ts: ts,
    }),
    ts,
  ),
  row(pressed({ message_ts: ts, thread_ts: older }, { ts, thread_ts: older }), older),
  row(pressed({ message_ts: ts }, { ts, thread_ts: older }), older),
  row(pressed({ message_ts: ts }, { ts }), ts),
  row({ payload: JSON.stringify(pressed({ message_ts: ts }, { ts })) }, ts),
  row(pressed({ message_ts: ts, is_ephemeral: true })),
  row(callback({ ...message, bot_id: 'B1' })),
  row(callback({ ...message, subtype: 'message_changed' })),
  row(callback({ ...message, subtype: 'bot_message' })),
  row(callback({ ...message, subtype: 'channel_join' })),
  // A number loses digits, so that it may name another thread.
  row(callback({ ...message, ts: Number(ts) })),
  row(callback({ type: 'reaction_added', item: { channel: channelId, ts }, event_ts: ts })),
  row({ type: 'url_verification', challenge: 'abc' }),
  row({ command: '/ask', channel_id: channelId, team_id: teamId, text: 'Hi' }),
  row({ payload: '{' }),
];

const stopped = { type: 'agent_session_stopped', channel: channelId, user: 'U1', event_ts: ts };

/** The press of the stop button. */
const inboundIn: ProviderFacts<SlackTarget>['inboundIn'] = [
  {
    event: callback({ ...stopped, thread_ts: older, streaming_message_ts: [] }),
    events: [
      {
        state: 'stop-requested',
        target: { channelId, threadTs: older, teamId },
        at: new Date('2024-08-21T18:20:05.531Z'),
        eventId: 'Ev0123456789',
      },
    ],
  },
  // A session channel, which only `sessions` can have.
  { event: callback(stopped), events: [] },
  { event: callback(message), events: [] },
];

const facts: ProviderFacts<SlackTarget> = {
  create: ({ apiKey, ...transport }) => slack({ botToken: apiKey, ...transport }),
  credential: 'xoxb-0123456789-conformance',
  authorization: (token) => ({ authorization: `Bearer ${token}` }),
  address: () => slackAddress(),
  target,
  otherTarget: { ...target, threadTs: older },
  sameConversation: [{ channelId, threadTs: ts }],
  invalidTargets: [
    { channelId },
    { channelId, threadTs: Number(ts) },
    { channelId, threadTs: '1724264405' },
    { channelId, threadTs: null },
    { channelId: '#general', threadTs: ts },
    { channelId: 'U0123456789', threadTs: ts },
    { ...target, teamId: 'acme' },
  ],
  start: {
    method: 'POST',
    path: '/assistant.threads.setStatus',
    form: { channel_id: channelId, thread_ts: ts, status: 'is typing…' },
    answer: { status: 200, json: { ok: true } },
  },
  stop: {
    method: 'POST',
    path: '/assistant.threads.setStatus',
    form: { channel_id: channelId, thread_ts: ts, status: '' },
    answer: { status: 200, json: { ok: true } },
  },
  diagnose: {
    exchanges: [
      asked('auth.test', { user_id: 'U0', bot_id: 'B0', team_id: teamId }),
      asked('conversations.info', { channel: { id: channelId, is_member: false } }),
      asked('conversations.replies', { messages: [{ ts }] }),
    ],
    willShow: 'no',
    codes: ['left'],
  },
  targetsIn,
  inboundIn,
  failures,
};

describeTypingProvider('slack', facts);
describeTypingProvider('slack in a session channel', {
  ...facts,
  create: ({ apiKey, ...transport }) => slack({ botToken: apiKey, sessions: true, ...transport }),
  address: () => slackAddress({ sessions: true }),
  target: { ...target, threadTs: null },
  otherTarget: { ...target, channelId: 'C9876543210', threadTs: null },
  sameConversation: [{ channelId, threadTs: null }],
  invalidTargets: facts.invalidTargets.filter((_, place) => place !== 3),
  start: {
    method: 'POST',
    path: '/agents.sessions.setStatus',
    form: { channel_id: channelId, status: 'processing' },
    answer: {
      status: 200,
      json: {
        ok: true,
        status: 'processing',
        agent_status: 'processing',
        warning: 'missing_agent_session_stopped_event_subscription',
      },
    },
    receipt: {
      warnings: [
        { code: 'missing_agent_session_stopped_event_subscription', message: expectedWarning() },
      ],
    },
  },
  stop: {
    method: 'POST',
    path: '/agents.sessions.setStatus',
    form: { channel_id: channelId, status: 'active' },
    answer: { status: 200, json: { ok: true, status: 'active', agent_status: 'active' } },
  },
  diagnose: {
    exchanges: [
      asked('auth.test', { user_id: 'U0', bot_id: 'B0', team_id: teamId }),
      asked('conversations.info', { channel: { id: channelId, is_member: true } }),
    ],
    willShow: 'unknown',
    codes: ['unverified'],
  },
  inboundIn: [
    {
      event: callback(stopped),
      events: [
        {
          state: 'stop-requested',
          target: { channelId, threadTs: null, teamId },
          at: new Date('2024-08-21T18:20:05.531Z'),
          eventId: 'Ev0123456789',
        },
      ],
    },
  ],
  failures: [
    ...failures,
    {
      ...failure('unsupported', 'feature_disabled'),
      name: 'an app that is no agent',
      message: 'The app is not declared as an agent',
    },
    {
      name: '200 that leaves the state as it is',
      answer: { status: 200, json: { ok: true, agent_status: 'active' } },
      code: 'bad-response',
    },
  ],
});

function expectedWarning(): string {
  return 'There is no stop button: subscribe the app to the event agent_session_stopped';
}

function failure(code: VendorFailure['code'], error: string, more: object = {}): VendorFailure {
  const answer = { status: 200, json: { ok: false, error, ...more } };
  return { name: [error, ...Object.keys(more)].join(', '), answer, code, vendorCode: error };
}

function refused(code: VendorFailure['code'], errors: readonly string[]): VendorFailure[] {
  return errors.map((error) => failure(code, error));
}

function callback(event: object): object {
  return { type: 'event_callback', team_id: teamId, event_id: 'Ev0123456789', event };
}

function pressed(container: object, pressedMessage?: object): object {
  return {
    type: 'block_actions',
    team: { id: teamId },
    channel: { id: channelId },
    container: { type: 'message', channel_id: channelId, ...container },
    message: pressedMessage,
  };
}

function asked(method: string, answer: object) {
  return {
    method: 'POST',
    path: `/${method}`,
    answer: { status: 200, json: { ok: true, ...answer } },
  };
}

function row(
  body: object,
  threadTs?: string,
): NonNullable<ProviderFacts<SlackTarget>['targetsIn']>[number] {
  return {
    message: body,
    targets: threadTs === undefined ? [] : [{ channelId, threadTs, teamId }],
  };
}
