import { randomBytes, randomUUID } from 'node:crypto';

import { z } from 'zod';

import { withoutUndefined } from '../../input.ts';
import { bearerToken } from '../bearer.ts';
import { failureResponse } from '../failure-answer.ts';
import { plainSettings } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { Fields } from '../request-fields.ts';
import type { MessageRequest, SimulatedConversation, Vendor, VendorFailure } from '../vendor.ts';

/** A person, in their chat with the account. */
export interface LineChat extends SimulatedConversation {
  readonly target: { readonly userId: string };
  /** Whether they look at the chat. */
  readonly isViewing: boolean;
  readonly hasBlocked: boolean;
}

/** What of a chat can change while it lives. */
export interface LineChatChange {
  readonly isViewing?: boolean | undefined;
  readonly hasBlocked?: boolean | undefined;
}

/** What a new chat is like; by default one that the person looks at. */
export interface LineChatOptions extends LineChatChange {
  readonly userId?: string | undefined;
}

/** What a test does to the simulated LINE from behind. An id is that of a person. */
export interface LineHandle {
  createConversation(options?: LineChatOptions): LineChat;
  changeConversation(id: string, change: LineChatChange): LineChat;
  conversations(): readonly LineChat[];
  /** The person writes. Answers the body of the webhook. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
}

const change = { isViewing: z.boolean().optional(), hasBlocked: z.boolean().optional() };
const chatChange: z.ZodType<LineChatChange> = z.strictObject(change);
const chatOptions: z.ZodType<LineChatOptions> = z.strictObject({
  ...change,
  userId: z
    .string()
    .regex(/^U[0-9a-f]{32}$/)
    .optional(),
});

const TYPING = '/v2/bot/chat/loading/start';
const MESSAGE = '/v2/bot/message/push';
const PROFILE = /^\/v2\/bot\/profile\/([^/]+)$/;

function refused(status: number, message: string, details?: readonly object[]): VendorFailure {
  return { status, body: { message, ...(details && { details }) } };
}

/** @see https://developers.line.biz/en/reference/messaging-api/#error-responses */
const failures = {
  'invalid-chat': refused(
    400,
    "The property, 'chatId', in the request body is invalid (line: -, column: -)",
  ),
  'invalid-seconds': refused(400, 'The request body has 1 error(s)', [
    { message: 'must be a multiple of 5', property: 'loadingSeconds' },
  ]),
  unauthorized: refused(
    401,
    'Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.',
  ),
  forbidden: refused(403, 'Not authorized to access this API'),
  'not-found': refused(404, 'Not found'),
  // It names no time to wait.
  'rate-limited': refused(429, 'The API rate limit has been exceeded. Try again later.'),
  'server-error': refused(500, 'Internal server error'),
} satisfies Readonly<Record<string, VendorFailure>>;

/** LINE's Messaging API, as far as it is about typing. @see https://developers.line.biz/en/reference/messaging-api/ */
export const line: Vendor<LineHandle, PlainSettings> = {
  channel: 'line',
  basePath: '/line',
  environment: ({ baseUrl, apiKey }) => ({
    LINE_CHANNEL_ACCESS_TOKEN: apiKey,
    LINE_API_URL: baseUrl,
  }),
  settings: plainSettings('line-simulator-token'),
  conversationOptions: chatOptions,
  conversationChange: chatChange,
  // https://developers.line.biz/en/docs/messaging-api/use-loading-indicator/
  bubble: { lifetimeMs: 20_000, repeat: 'replaces', messageClears: true },
  silences: {
    'not-viewing': 'the person is not looking at the chat',
    blocked: 'the person has blocked the account',
  },
  failures,
  create({ settings, schedule, bubbles, address }) {
    const chats = new Map<string, LineChat>();
    const limiter = createRateLimiter();
    const nowMs = (): number => schedule.clock.now();

    const existing = (id: string): LineChat => {
      const chat = chats.get(id);
      if (chat === undefined) throw new Error(`The simulated LINE has no person ${id}.`);
      return chat;
    };

    const type = (fields: Fields): Response => {
      const chat = chats.get(textOf(fields, 'chatId') ?? '');
      if (chat === undefined) return failureResponse(failures['invalid-chat']);
      const { loadingSeconds: seconds = 20 } = fields;
      if (typeof seconds !== 'number' || seconds < 5 || seconds > 60 || seconds % 5 !== 0)
        return failureResponse(failures['invalid-seconds']);
      bubbles.start(chat.id, { lifetimeMs: seconds * 1000, hiddenBecause: silenceOf(chat) });
      return Response.json({}, { status: 202 });
    };

    const answer = async (request: Request): Promise<Response> => {
      const { pathname, searchParams } = new URL(request.url);
      const key = bearerToken(request.headers.get('authorization') ?? undefined);
      if (key === null || !settings().apiKeys.includes(key))
        return failureResponse(failures.unauthorized);
      if (limiter.secondsToWait(settings().rateLimit, key, nowMs()) !== null)
        return failureResponse(failures['rate-limited']);
      if (request.method === 'GET') {
        const chat = chats.get(PROFILE.exec(pathname)?.[1] ?? '');
        return chat === undefined || chat.hasBlocked
          ? failureResponse(failures['not-found'])
          : Response.json({ userId: chat.id, displayName: 'Ada' });
      }
      const contentType = request.headers.get('content-type') ?? '';
      const fields = requestFields(searchParams, contentType, await request.text());
      if (pathname === TYPING) return type(fields);
      if (pathname !== MESSAGE) return failureResponse(failures['not-found']);
      const to = textOf(fields, 'to') ?? '';
      // To write to whoever has not written is nobody's typing.
      if (chats.has(to)) bubbles.message(to);
      return Response.json({ sentMessages: [{ id: String(nowMs()) }] });
    };

    return {
      handle: {
        createConversation({ userId = `U${randomBytes(16).toString('hex')}`, ...given } = {}) {
          const chat: LineChat = {
            isViewing: true,
            hasBlocked: false,
            ...withoutUndefined(given),
            id: userId,
            target: { userId },
          };
          bubbles.open(userId);
          chats.set(userId, chat);
          return chat;
        },
        changeConversation(id, changes) {
          const changed = { ...existing(id), ...withoutUndefined(changes) };
          chats.set(id, changed);
          return changed;
        },
        conversations: () => [...chats.values()],
        receiveMessage(id, text = 'Hi') {
          const event = {
            type: 'message',
            mode: 'active',
            timestamp: nowMs(),
            source: { type: 'user', userId: existing(id).id },
            webhookEventId: randomUUID(),
            deliveryContext: { isRedelivery: false },
            replyToken: randomBytes(16).toString('hex'),
            message: { type: 'text', id: String(nowMs()), text },
          };
          return { destination: `U${'0'.repeat(32)}`, events: [event] };
        },
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, text) {
          const { baseUrl, apiKey } = address();
          return {
            url: `${baseUrl}${MESSAGE}`,
            method: 'POST',
            headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
            body: JSON.stringify({ to: existing(id).id, messages: [{ type: 'text', text }] }),
          };
        },
      },
      routes: {
        async fetch(request) {
          const response = await answer(request);
          response.headers.set('x-line-request-id', randomUUID());
          return response;
        },
      },
      read({ method, path, fields }) {
        if (method === 'GET')
          return { conversation: PROFILE.exec(path)?.[1] ?? null, intent: 'question' };
        const isTyping = path === TYPING;
        const conversation = textOf(fields, isTyping ? 'chatId' : 'to') ?? null;
        return { conversation, intent: isTyping ? 'start' : path === MESSAGE ? 'message' : null };
      },
      clear() {
        chats.clear();
        limiter.clear();
      },
    };
  },
};

function silenceOf({ hasBlocked, isViewing }: LineChat): string | null {
  if (hasBlocked) return 'blocked';
  return isViewing ? null : 'not-viewing';
}
