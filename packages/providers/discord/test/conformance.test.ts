import { describeTypingProvider, type ProviderFacts, type VendorFailure } from '@typingkit/testing';
import { discord, discordAddress, type DiscordTarget } from '../src/index.ts';

const channelId = '1234567890123456789';
const target = { channelId };
const ada = { id: '42424242424242424', username: 'ada' };

/** @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const failures: readonly VendorFailure[] = [
  { ...refused(401, 0, '401: Unauthorized', 'unauthenticated'), message: '401 Unauthorized' },
  refused(401, 50_014, 'Invalid authentication token provided', 'unauthenticated'),
  { ...refused(403, 50_001, 'Missing Access', 'forbidden'), message: 'let it see the channel' },
  refused(403, 50_013, 'You lack permissions to perform that action', 'forbidden'),
  refused(403, 40_007, 'The user is banned from this guild.', 'forbidden'),
  refused(403, 50_007, 'Cannot send messages to this user', 'forbidden'),
  refused(
    403,
    50_278,
    'Cannot send messages to this user due to having no mutual guilds',
    'forbidden',
  ),
  refused(403, 99_999, 'Something new', 'forbidden'),
  refused(400, 160_005, 'Thread is locked', 'forbidden'),
  refused(404, 10_003, 'Unknown Channel', 'not-found'),
  refused(400, 50_109, 'The request body contains invalid JSON.', 'rejected'),
  {
    ...refused(400, 50_035, 'Invalid Form Body', 'rejected', {
      errors: {
        channel_id: { _errors: [{ code: 'NUMBER_TYPE_COERCE', message: 'Not snowflake' }] },
      },
    }),
    message: 'Invalid Form Body',
  },
  refused(400, 50_008, 'Cannot send messages in a non-text channel', 'unsupported'),
  refused(403, 50_024, 'Cannot execute action on this channel type', 'unsupported'),
  refused(400, 50_083, 'Thread is archived', 'unsupported'),
  refused(400, 40_058, 'Cannot send a message in a forum channel', 'unsupported'),
  {
    ...refused(403, 40_333, 'internal network error', 'rejected'),
    message: 'Let the User-Agent header pass unchanged',
  },
  limited({ retry_after: 64.57, global: false }, { 'retry-after': '65' }, 64_570),
  limited(
    { retry_after: 0.331, global: true },
    { 'retry-after': '1', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' },
    331,
  ),
  limited({ global: false }, { 'retry-after': '7', 'x-ratelimit-scope': 'shared' }, 7_000),
  {
    ...limited({ retry_after: 3, code: 20_028 }, {}, 3_000),
    name: '429 that has a code',
    vendorCode: '20028',
  },
  {
    ...cloudflare(403, 'unavailable'),
    message: 'Cloudflare may have banned this address for a while',
  },
  { ...cloudflare(429, 'rate-limited', { 'retry-after': '900' }), retryAfterMs: 900_000 },
  cloudflare(502, 'unavailable'),
  cloudflare(200, 'bad-response'),
  refused(400, 50_003, 'Cannot execute action on a DM channel', 'unsupported'),
  refused(
    400,
    130_000,
    'API resource is currently overloaded. Try again a little later',
    'unavailable',
  ),
  refused(500, 0, '500: Internal Server Error', 'unavailable'),
];

const message = { id: '1', type: 0, channel_id: channelId, author: ada, content: 'Hi' };

/** Messages, and the channels in which they are to be answered. */
const targetsIn: ProviderFacts<DiscordTarget>['targetsIn'] = [
  { message: dispatch('MESSAGE_CREATE', message), targets: [target] },
  { message, targets: [target] },
  { message: { ...message, type: 19, webhook_id: null }, targets: [target] },
  // As discord.js has it.
  {
    message: { type: 0, channelId, author: { ...ada, bot: false }, webhookId: null },
    targets: [target],
  },
  // What a bot wrote, itself perhaps; what a webhook wrote; that somebody has joined.
  { message: { ...message, author: { ...ada, bot: true } }, targets: [] },
  { message: { type: 0, channelId, author: { ...ada, bot: true } }, targets: [] },
  { message: { ...message, webhook_id: '9' }, targets: [] },
  { message: { ...message, type: 7 }, targets: [] },
  // A link got its preview.
  { message: dispatch('MESSAGE_UPDATE', message), targets: [] },
  {
    message: dispatch('MESSAGE_REACTION_ADD', { channel_id: channelId, user_id: '4' }),
    targets: [],
  },
  // An interaction shows "is thinking…" by itself.
  { message: { id: '1', type: 2, channel_id: channelId, member: { user: ada } }, targets: [] },
];

const seconds = 1_795_262_400;
const typing = { channel_id: channelId, user_id: ada.id, timestamp: seconds };
const started = {
  state: 'started',
  target,
  at: new Date(seconds * 1_000),
  eventId: `${channelId}.${ada.id}.${seconds * 1_000}`,
  expiresInMs: 10_000,
} as const;
const botId = '1234567890123456780';

/** A person who types. */
const inboundIn: ProviderFacts<DiscordTarget>['inboundIn'] = [
  { event: dispatch('TYPING_START', typing), events: [started] },
  { event: { ...typing, member: { user: { ...ada, bot: false } } }, events: [started] },
  // As discord.js has it.
  {
    event: { channel: { id: channelId }, user: ada, startedTimestamp: seconds * 1_000 },
    events: [started],
  },
  // The bot itself in a direct message; another bot.
  { event: { ...typing, user_id: botId }, events: [] },
  { event: { ...typing, member: { user: { ...ada, bot: true } } }, events: [] },
  { event: dispatch('MESSAGE_CREATE', message), events: [] },
];

const facts: ProviderFacts<DiscordTarget> = {
  create: ({ apiKey, ...transport }) => discord({ botToken: apiKey, botId, ...transport }),
  credential: 'MTIzNDU2Nzg5MDEyMzQ1Njc4MA.conformance.token',
  address: () => discordAddress({ botId }),
  target,
  otherTarget: { channelId: '1234567890123456788' },
  invalidTargets: [
    // A number has lost its last digits.
    { channelId: 1_234_567_890_123_456 },
    { channelId: '0123456789012345678' },
    { channelId: '1234567890123456' },
    { channelId: '123456789012345678901' },
    { channelId: '#general' },
    { channelId: `${channelId}/typing` },
  ],
  authorization: (token) => ({ authorization: `Bot ${token}` }),
  start: {
    method: 'POST',
    path: `/channels/${channelId}/typing`,
    headers: { 'user-agent': 'DiscordBot (https://github.com/typingkit/typingkit, 1.0)' },
    answer: { status: 204 },
  },
  stop: 'expires',
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: `/channels/${channelId}`,
        answer: { status: 200, json: { id: channelId, type: 0 } },
      },
    ],
    willShow: 'unknown',
    codes: ['unverified'],
  },
  targetsIn,
  inboundIn,
  failures,
  // Discord itself says in JSON why it forbids.
  statuses: { 403: 'unavailable' },
};

describeTypingProvider('discord', facts);

function refused(
  status: number,
  code: number,
  text: string,
  means: VendorFailure['code'],
  more?: object,
): VendorFailure {
  const answer = { status, json: { message: text, code, ...more } };
  const vendorCode = code === 0 ? undefined : String(code);
  return { name: `${status} ${code} ${text}`, answer, code: means, vendorCode };
}

function limited(
  body: object,
  headers: Readonly<Record<string, string>>,
  retryAfterMs: number,
): VendorFailure {
  const json = { message: 'You are being rate limited.', ...body };
  const answer = { status: 429, headers, json };
  return { name: `429 ${JSON.stringify(body)}`, answer, code: 'rate-limited', retryAfterMs };
}

function cloudflare(
  status: number,
  code: VendorFailure['code'],
  headers: Readonly<Record<string, string>> = {},
): VendorFailure {
  const body = '<html><title>Access denied | discord.com used Cloudflare</title></html>';
  const answer = { status, headers: { 'content-type': 'text/html', ...headers }, body };
  return { name: `${status} of Cloudflare`, answer, code };
}

function dispatch(t: string, d: object): object {
  return { op: 0, t, s: 7, d };
}
