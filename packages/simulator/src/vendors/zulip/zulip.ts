import { z } from 'zod';

import { failureResponse } from '../failure-answer.ts';
import { plainSettings, plainSettingsShape } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { Fields } from '../request-fields.ts';
import type { MessageRequest, PersonTypes, Vendor, VendorFailure } from '../vendor.ts';
import {
  BOT,
  messageBody,
  newZulipConversation,
  typingBody,
  zulipConversationOptions,
  zulipId,
} from './conversations.ts';
import type { ZulipConversation, ZulipConversationOptions } from './conversations.ts';
import { limitHit, zulipFailure, zulipFailures } from './failures.ts';

/** What a test does to the simulated Zulip from behind. */
export interface ZulipHandle {
  createConversation(options?: ZulipConversationOptions): ZulipConversation;
  conversations(): readonly ZulipConversation[];
  /** The person writes. Answers the event that the bot's queue gets. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
  /** Answers the event that the bot's queue gets. */
  personTypes(id: string, what: PersonTypes): object;
}

/** `rateLimit` is that of the bot, over all that it asks. */
export interface ZulipSettings extends PlainSettings {
  /** Whether the bot itself lets others see that it types. Default: `true`. */
  readonly sendsTyping: boolean;
}

/** @see https://github.com/zulip/zulip (MAX_STREAM_SIZE_FOR_TYPING_NOTIFICATIONS) */
const MOST_SUBSCRIBERS = 100;
const MEMBERS_PATH = /^\/api\/v1\/streams\/(\d+)\/members$/;

/** Zulip's REST API, as far as it is about typing. @see https://zulip.com/api/set-typing-status */
export const zulip: Vendor<ZulipHandle, ZulipSettings> = {
  channel: 'zulip',
  basePath: '/zulip',
  environment: ({ baseUrl, apiKey }) => ({
    ZULIP_SITE: baseUrl,
    ZULIP_EMAIL: BOT.email,
    ZULIP_API_KEY: apiKey,
  }),
  settings: {
    schema: z.strictObject({ ...plainSettingsShape, sendsTyping: z.boolean() }),
    defaults: {
      ...plainSettings('zulip-simulator-key').defaults,
      // https://zulip.com/api/rest-error-handling#rate-limit-exceeded
      rateLimit: { requests: 200, perMs: 60_000 },
      sendsTyping: true,
    },
  },
  conversationOptions: zulipConversationOptions,
  // server_typing_started_expiry_period_milliseconds
  bubble: { lifetimeMs: 45_000, repeat: 'extends', messageClears: true },
  silences: {
    'too-many-subscribers': 'the channel has more than 100 subscribers',
    'not-heeded': 'the people have been away for long, or have turned off typing notifications',
  },
  failures: zulipFailures,
  create({ settings, schedule, bubbles, address, personTyped }) {
    const conversations = new Map<string, ZulipConversation>();
    const limiter = createRateLimiter();
    const nowMs = (): number => schedule.clock.now();
    let lastId = 0;
    const nextId = (): number => (lastId += 1);

    const existing = (id: string): ZulipConversation => {
      const conversation = conversations.get(id);
      if (conversation === undefined) throw new Error(`The simulated Zulip has no ${id}.`);
      return conversation;
    };

    const refusedAtTheDoor = ({ headers }: Request): VendorFailure | null => {
      const [, encoded] = /^basic +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
      if (encoded === undefined) return zulipFailure('unauthorized');
      const [email, key = ''] = Buffer.from(encoded, 'base64').toString().split(':');
      if (email !== BOT.email || !settings().apiKeys.includes(key))
        return zulipFailure('invalid-key');
      const limit = settings().rateLimit;
      if (limit === null) return null;
      const sinceMs = nowMs() - limit.perMs;
      const { allowed, oldestAtMs } = limiter.take('bot', limit.requests, sinceMs, nowMs());
      return allowed ? null : limitHit(oldestAtMs + limit.perMs - nowMs());
    };

    const addressee = (fields: Fields): ZulipConversation | VendorFailure => {
      const place = placeIn(fields);
      if ('status' in place) return place;
      const conversation = conversations.get(place.id);
      const isIn = fields['topic'] !== undefined;
      if (conversation === undefined) return zulipFailure(isIn ? 'invalid-stream' : 'invalid-user');
      return conversation.mayPost ? conversation : zulipFailure('invalid-stream');
    };

    const types = (fields: Fields): VendorFailure => {
      const op = textOf(fields, 'op');
      if (op !== 'start' && op !== 'stop') return zulipFailure('invalid-op');
      const conversation = addressee(fields);
      if ('status' in conversation) return conversation;
      const { id, subscribers, isHeeded, target } = conversation;
      const isTopic = target.topic !== undefined;
      if (!settings().sendsTyping)
        return zulipFailure(isTopic ? 'typing-disabled-in-streams' : 'typing-disabled');
      if (op === 'stop') bubbles.stop(id);
      else {
        const isLarge = isTopic && subscribers > MOST_SUBSCRIBERS;
        const dark = isHeeded ? null : 'not-heeded';
        bubbles.start(id, { hiddenBecause: isLarge ? 'too-many-subscribers' : dark });
      }
      return { status: 200, body: { result: 'success', msg: '' } };
    };

    const sends = (fields: Fields): VendorFailure => {
      // Here the channel stands where the people would, and may stand in a list.
      const { to, type } = fields;
      const isDirect = type === 'direct' || type === 'private';
      const conversation = addressee(isDirect ? fields : { ...fields, stream_id: to });
      if ('status' in conversation) return conversation;
      bubbles.message(conversation.id);
      return { status: 200, body: { result: 'success', msg: '', id: nextId() } };
    };

    const members = (channel: number): VendorFailure => {
      const found = [...conversations.values()].find(
        ({ target }) => target.topic !== undefined && target.to[0] === channel,
      );
      if (found === undefined) return zulipFailure('invalid-stream');
      const subscribers = Array.from({ length: found.subscribers }, (_, nth) => BOT.id + nth);
      return { status: 200, body: { result: 'success', msg: '', subscribers } };
    };

    const answer = async (request: Request): Promise<VendorFailure> => {
      const { pathname, searchParams } = new URL(request.url);
      const refusal = refusedAtTheDoor(request);
      if (refusal !== null) return refusal;
      const contentType = request.headers.get('content-type') ?? '';
      const body = await request.text();
      // A body of JSON is not read.
      const fields = contentType.startsWith('application/json')
        ? {}
        : requestFields(searchParams, contentType, body);
      const wish = `${request.method} ${pathname}`;
      if (wish === 'POST /api/v1/typing') return types(fields);
      if (wish === 'POST /api/v1/messages') return sends(fields);
      if (wish === 'GET /api/v1/users/me') {
        const { id: user_id, ...bot } = BOT;
        const about = { ...bot, user_id, is_bot: true, is_active: true };
        return { status: 200, body: { result: 'success', msg: '', ...about } };
      }
      const [, channel] = MEMBERS_PATH.exec(pathname) ?? [];
      return channel === undefined ? zulipFailure('not-found') : members(Number(channel));
    };

    return {
      handle: {
        createConversation(options = {}) {
          const conversation = newZulipConversation(options);
          bubbles.open(conversation.id);
          conversations.set(conversation.id, conversation);
          return conversation;
        },
        conversations: () => [...conversations.values()],
        receiveMessage(id, text = 'Hi') {
          const message = messageBody(existing(id), nextId(), text);
          return { id: nextId(), type: 'message', message, flags: [] };
        },
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, text) {
          const { baseUrl, apiKey } = address();
          const { to, topic } = existing(id).target;
          const place =
            topic === undefined
              ? { type: 'direct', to: JSON.stringify(to) }
              : { type: 'stream', to: String(to[0]), topic };
          return {
            url: `${baseUrl}/api/v1/messages`,
            method: 'POST',
            headers: {
              authorization: `Basic ${Buffer.from(`${BOT.email}:${apiKey}`).toString('base64')}`,
              'content-type': 'application/x-www-form-urlencoded',
            },
            body: new URLSearchParams({ ...place, content: text }).toString(),
          };
        },
        personTypes(id, what) {
          const conversation = existing(id);
          const isTyping = what !== 'stopped';
          personTyped(id, isTyping ? 'started' : 'stopped');
          if (typeof what === 'object') {
            schedule.at(nowMs() + what.forMs, () => {
              personTyped(id, 'stopped');
            });
          }
          return typingBody(conversation, nextId(), isTyping ? 'start' : 'stop');
        },
      },
      routes: {
        async fetch(request) {
          return failureResponse(await answer(request));
        },
      },
      read({ method, path, fields }) {
        if (method === 'GET') return { conversation: null, intent: 'question' };
        const isMessage = path === '/api/v1/messages';
        const isInTopic = isMessage && fields['topic'] !== undefined;
        const place = placeIn(isInTopic ? { ...fields, stream_id: fields['to'] } : fields);
        const conversation = 'status' in place ? null : place.id;
        if (isMessage) return { conversation, intent: 'message' };
        if (path !== '/api/v1/typing') return { conversation: null, intent: null };
        return { conversation, intent: fields['op'] === 'stop' ? 'stop' : 'start' };
      },
      clear() {
        conversations.clear();
        limiter.clear();
      },
    };
  },
};

/** Which conversation some fields name, whether or not there is such a one. */
function placeIn(fields: Fields): { readonly id: string } | VendorFailure {
  const type = fields['type'] ?? 'direct';
  if (type === 'stream' || type === 'channel') {
    const stream = textOf(fields, 'stream_id');
    const { topic } = fields;
    if (stream === undefined) return zulipFailure('missing-stream');
    if (typeof topic !== 'string') return zulipFailure('missing-topic');
    return { id: zulipId([Number(stream)], topic) };
  }
  const to = textOf(fields, 'to');
  if (to === undefined) return zulipFailure('missing-to');
  const ids = z.array(z.number()).safeParse(parsed(to)).data;
  if (ids === undefined) return zulipFailure('invalid-user');
  return ids.length === 0 ? zulipFailure('empty-to') : { id: zulipId(ids, undefined) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
