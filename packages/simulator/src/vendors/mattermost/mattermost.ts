import { randomInt } from 'node:crypto';

import { z } from 'zod';

import { bearerToken } from '../bearer.ts';
import { failureResponse } from '../failure-answer.ts';
import { plainSettings } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { Fields } from '../request-fields.ts';
import type {
  MessageRequest,
  PersonTypes,
  SimulatedConversation,
  Vendor,
  VendorFailure,
} from '../vendor.ts';

/** A channel as the bot sees it, or a thread in it. */
interface MattermostChannel extends SimulatedConversation {
  readonly target: { readonly channelId: string; readonly threadId?: string };
  /** Whether the bot may post there. */
  readonly mayPost: boolean;
}

interface MattermostChannelOptions {
  /** Default: a random one. */
  readonly channelId?: string | undefined;
  /** The first post of a thread. Default: it is the channel itself. */
  readonly threadId?: string | undefined;
  /** Default: `true`. */
  readonly mayPost?: boolean | undefined;
}

const idSchema = z.string().regex(/^[a-z0-9]{26}$/);
const channelOptions: z.ZodType<MattermostChannelOptions> = z.strictObject({
  channelId: idSchema.optional(),
  threadId: idSchema.optional(),
  mayPost: z.boolean().optional(),
});

/** What a test does to the simulated Mattermost from behind. An id is that of a channel, with a thread behind a slash. */
export interface MattermostHandle {
  createConversation(options?: MattermostChannelOptions): MattermostChannel;
  conversations(): readonly MattermostChannel[];
  /** The person writes. Answers the event that the bot's WebSocket gets. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
  /** Answers the event that the bot's WebSocket gets; `null` for an end, of which Mattermost tells nothing. */
  personTypes(id: string, what: PersonTypes): object | null;
}

const BOT = 'b0tb0tb0tb0tb0tb0tb0tb0tb0';
const PERSON = 'adaadaadaadaadaadaadaadaad';
const TYPING_PATH = /^\/api\/v4\/users\/([^/]+)\/typing$/;
const MEMBER_PATH = /^\/api\/v4\/channels\/([^/]+)\/members\/me$/;

const FAILURES = {
  'invalid-body': appError(
    400,
    'api.context.invalid_body_param.app_error',
    'Invalid or missing typing_request in request body.',
  ),
  'session-expired': appError(
    401,
    'api.context.session_expired.app_error',
    'Invalid or expired session, please login again.',
  ),
  forbidden: appError(
    403,
    'api.context.permissions.app_error',
    'You do not have the appropriate permissions.',
  ),
  'no-member': appError(
    404,
    'app.channel.get_member.missing.app_error',
    'No channel member found.',
  ),
  'not-found': appError(404, 'api.context.404.app_error', "Sorry, we couldn't find the page."),
  'server-error': appError(500, 'app.internal.app_error', 'Something went wrong.'),
} as const;

/** Mattermost's REST API, as far as it is about typing. @see https://developers.mattermost.com/api-documentation/#/operations/PublishUserTyping */
export const mattermost: Vendor<MattermostHandle, PlainSettings> = {
  channel: 'mattermost',
  basePath: '/mattermost',
  environment: ({ baseUrl, apiKey }) => ({ MATTERMOST_URL: baseUrl, MATTERMOST_TOKEN: apiKey }),
  settings: plainSettings('mattermost-simulator-token'),
  conversationOptions: channelOptions,
  // TimeBetweenUserTypingUpdatesMilliseconds
  bubble: { lifetimeMs: 5_000, repeat: 'extends', messageClears: true },
  silences: {},
  failures: {
    'rate-limited': ({ retryAfterSeconds }) => limitExceeded(retryAfterSeconds),
    ...FAILURES,
  },
  create({ settings, schedule, bubbles, address, personTyped }) {
    const channels = new Map<string, MattermostChannel>();
    const limiter = createRateLimiter();
    const nowMs = (): number => schedule.clock.now();
    let lastSequence = 0;

    const existing = (id: string): MattermostChannel => {
      const channel = channels.get(id);
      if (channel === undefined) throw new Error(`The simulated Mattermost has no channel ${id}.`);
      return channel;
    };
    const event = (name: string, data: object, channelId: string, omitted?: string): object => {
      lastSequence += 1;
      const omit_users = omitted === undefined ? null : { [omitted]: true };
      const broadcast = { omit_users, user_id: '', channel_id: channelId, team_id: '' };
      return { event: name, data, broadcast, seq: lastSequence };
    };

    /** Whether the bot may post is asked before whether there is such a channel. */
    const mayPostIn = (channelId: string): boolean =>
      [...channels.values()].some(
        ({ target, mayPost }) => target.channelId === channelId && mayPost,
      );

    const types = (fields: Fields): VendorFailure => {
      const channelId = textOf(fields, 'channel_id');
      if (channelId === undefined) return FAILURES['invalid-body'];
      if (!mayPostIn(channelId)) return FAILURES.forbidden;
      const id = idOf(channelId, textOf(fields, 'parent_id'));
      // Whether the thread exists is not checked: the server does not, either.
      if (!bubbles.has(id)) bubbles.open(id);
      bubbles.start(id);
      return { status: 200, body: { status: 'OK' } };
    };

    const posts = (fields: Fields): VendorFailure => {
      const channelId = textOf(fields, 'channel_id');
      if (channelId === undefined) return FAILURES['invalid-body'];
      if (!mayPostIn(channelId)) return FAILURES.forbidden;
      const root = textOf(fields, 'root_id');
      const id = idOf(channelId, root);
      if (bubbles.has(id)) bubbles.message(id);
      const body = { id: newId(), channel_id: channelId, root_id: root ?? '', user_id: BOT };
      return { status: 201, body: { ...body, message: textOf(fields, 'message') ?? '' } };
    };

    const answer = async (request: Request): Promise<VendorFailure> => {
      const { pathname, searchParams } = new URL(request.url);
      const token = bearerToken(request.headers.get('authorization') ?? undefined);
      if (token === null || !settings().apiKeys.includes(token)) return FAILURES['session-expired'];
      const wait = limiter.secondsToWait(settings().rateLimit, token, nowMs());
      if (wait !== null) return limitExceeded(wait);
      const contentType = request.headers.get('content-type') ?? '';
      const fields = requestFields(searchParams, contentType, await request.text());
      const [, user] = TYPING_PATH.exec(pathname) ?? [];
      if (request.method === 'POST' && user !== undefined) {
        // For others it needs the permission to manage the system.
        return user === 'me' || user === BOT ? types(fields) : FAILURES.forbidden;
      }
      if (request.method === 'POST' && pathname === '/api/v4/posts') return posts(fields);
      const [, channelId] = MEMBER_PATH.exec(pathname) ?? [];
      if (channelId !== undefined) {
        const body = { channel_id: channelId, user_id: BOT };
        return mayPostIn(channelId) ? { status: 200, body } : FAILURES['no-member'];
      }
      if (pathname === '/api/v4/users/me') return { status: 200, body: { id: BOT, is_bot: true } };
      return FAILURES['not-found'];
    };

    return {
      handle: {
        createConversation({ channelId = newId(), threadId, mayPost = true } = {}) {
          const id = idOf(channelId, threadId);
          bubbles.open(id);
          const target = { channelId, ...(threadId === undefined ? {} : { threadId }) };
          const channel = { id, target, mayPost };
          channels.set(id, channel);
          return channel;
        },
        conversations: () => [...channels.values()],
        receiveMessage(id, message = 'Hi') {
          const { channelId, threadId: root_id = '' } = existing(id).target;
          const post = { id: newId(), create_at: nowMs(), channel_id: channelId, root_id, message };
          const written = JSON.stringify({ ...post, user_id: PERSON, type: '', props: {} });
          return event('posted', { channel_type: 'O', post: written }, channelId);
        },
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, message) {
          const { baseUrl, apiKey } = address();
          const { channelId: channel_id, threadId: root_id } = existing(id).target;
          return {
            url: `${baseUrl}/api/v4/posts`,
            method: 'POST',
            headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
            body: JSON.stringify({ channel_id, root_id, message }),
          };
        },
        personTypes(id, what) {
          const { channelId, threadId: parent_id = '' } = existing(id).target;
          personTyped(id, what === 'stopped' ? 'stopped' : 'started');
          if (what === 'stopped') return null;
          if (what !== 'started') {
            schedule.at(nowMs() + what.forMs, () => {
              personTyped(id, 'stopped');
            });
          }
          return event('typing', { parent_id, user_id: PERSON }, channelId, PERSON);
        },
      },
      routes: {
        async fetch(request) {
          return failureResponse(await answer(request));
        },
      },
      read({ method, path, fields }) {
        if (method === 'GET') {
          return { conversation: MEMBER_PATH.exec(path)?.[1] ?? null, intent: 'question' };
        }
        const isTyping = TYPING_PATH.test(path);
        if (!isTyping && path !== '/api/v4/posts') return { conversation: null, intent: null };
        const channelId = textOf(fields, 'channel_id');
        const thread = textOf(fields, isTyping ? 'parent_id' : 'root_id');
        const conversation = channelId === undefined ? null : idOf(channelId, thread);
        return { conversation, intent: isTyping ? 'start' : 'message' };
      },
      clear() {
        channels.clear();
        limiter.clear();
      },
    };
  },
};

function idOf(channelId: string, threadId: string | undefined): string {
  return threadId === undefined ? channelId : `${channelId}/${threadId}`;
}

function newId(): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: 26 }, () => letters[randomInt(letters.length)]).join('');
}

function appError(status: number, id: string, message: string): VendorFailure {
  const request_id = 'p1q2r3s4t5u6v7w8x9y0z1a2b3';
  return { status, body: { id, message, detailed_error: '', request_id, status_code: status } };
}

/** It is no JSON, and the reset is in seconds that are left. */
function limitExceeded(seconds: number): VendorFailure {
  return {
    status: 429,
    headers: {
      'Content-Type': 'text/plain',
      'X-Ratelimit-Limit': '100',
      'X-Ratelimit-Remaining': '0',
      'X-Ratelimit-Reset': String(seconds),
    },
    body: 'limit exceeded',
  };
}
