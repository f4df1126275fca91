import { randomBytes } from 'node:crypto';

import { z } from 'zod';

import { bearerToken } from '../bearer.ts';
import { failureResponse } from '../failure-answer.ts';
import { plainSettings, plainSettingsShape } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { createRateLimiter } from '../rate-limit.ts';
import type { MessageRequest, PersonTypes, Vendor, VendorFailure } from '../vendor.ts';
import { limitExceeded, matrixFailure, matrixFailures } from './failures.ts';
import { matrixRoomChange, matrixRoomOptions, newMatrixRoom, PERSON } from './rooms.ts';
import type { MatrixRoom, MatrixRoomChange, MatrixRoomOptions } from './rooms.ts';
import { createSync } from './sync.ts';

/** What a test does to the simulated homeserver from behind. An id is that of a room. */
export interface MatrixHandle {
  createConversation(options?: MatrixRoomOptions): MatrixRoom;
  changeConversation(id: string, change: MatrixRoomChange): MatrixRoom;
  conversations(): readonly MatrixRoom[];
  /** The person writes. Answers what the bot's next `/sync` has of it. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
  /** Answers what the bot's next `/sync` has of it. */
  personTypes(id: string, what: PersonTypes): object;
}

/** `rateLimit` is that of the account. */
export interface MatrixSettings extends PlainSettings {
  /** Whose the tokens are. Default: `@bot:example.org`. */
  readonly userId: string;
  /** Whether the server has shadow-banned the account: all it does is accepted, and nobody sees it. Default: `false`. */
  readonly isShadowBanned: boolean;
}

const V3 = '/_matrix/client/v3';
const ROOM_PATH =
  /^\/_matrix\/client\/v3\/rooms\/([^/]+)\/(typing|send|joined_members)(?:\/(.*))?$/;
/** Synapse's. @see https://github.com/element-hq/synapse/blob/develop/synapse/rest/client/room.py */
const DEFAULT_TIMEOUT_MS = 30_000;
const LONGEST_TIMEOUT_MS = 120_000;

/** A homeserver's client-server API, as far as it is about typing. @see https://spec.matrix.org/latest/client-server-api/#typing-notifications */
export const matrix: Vendor<MatrixHandle, MatrixSettings> = {
  channel: 'matrix',
  basePath: '/matrix',
  environment: ({ baseUrl, apiKey }) => ({
    MATRIX_HOMESERVER_URL: baseUrl,
    MATRIX_ACCESS_TOKEN: apiKey,
  }),
  settings: {
    schema: z.strictObject({
      ...plainSettingsShape,
      userId: z.string().regex(/^@[^:]*:.+$/),
      isShadowBanned: z.boolean(),
    }),
    defaults: {
      ...plainSettings('matrix-simulator-token').defaults,
      userId: '@bot:example.org',
      isShadowBanned: false,
    },
  },
  conversationOptions: matrixRoomOptions,
  conversationChange: matrixRoomChange,
  bubble: { lifetimeMs: DEFAULT_TIMEOUT_MS, repeat: 'extends', messageClears: false },
  silences: { 'shadow-banned': 'the homeserver has shadow-banned the account' },
  failures: matrixFailures,
  create({ settings, schedule, bubbles, address, personTyped }) {
    const rooms = new Map<string, MatrixRoom>();
    const limiter = createRateLimiter();
    const nowMs = (): number => schedule.clock.now();
    const sync = createSync(schedule);
    /** The rooms in which the person types, and until when the bot does. */
    const personIn = new Set<string>();
    const botUntilMs = new Map<string, number>();

    const isBotTyping = (id: string): boolean => (botUntilMs.get(id) ?? 0) > nowMs();
    /** Everybody who types, the bot itself, too. */
    const tellTypists = (id: string): object => {
      const users = personIn.has(id) ? [PERSON] : [];
      if (isBotTyping(id)) users.push(settings().userId);
      return sync.tell({
        roomId: id,
        ephemeral: { type: 'm.typing', content: { user_ids: users } },
      });
    };
    const botTypes = (id: string, untilMs: number): void => {
      const before = isBotTyping(id);
      botUntilMs.set(id, untilMs);
      // A repeat is told to nobody.
      if (isBotTyping(id) !== before) tellTypists(id);
      if (!isBotTyping(id)) return;
      schedule.at(untilMs, () => {
        if (botUntilMs.get(id) === untilMs) tellTypists(id);
      });
    };

    const existing = (id: string): MatrixRoom => {
      const room = rooms.get(id);
      if (room === undefined) throw new Error(`The simulated homeserver has no room ${id}.`);
      return room;
    };

    const refusedAtTheDoor = ({ headers }: Request): VendorFailure | null => {
      const token = bearerToken(headers.get('authorization') ?? undefined);
      if (token === null) return matrixFailure('missing-token');
      if (!settings().apiKeys.includes(token)) return matrixFailure('unknown-token');
      const limit = settings().rateLimit;
      if (limit === null) return null;
      const { allowed, oldestAtMs } = limiter.take(
        'account',
        limit.requests,
        nowMs() - limit.perMs,
        nowMs(),
      );
      return allowed ? null : limitExceeded(oldestAtMs + limit.perMs - nowMs());
    };

    const type = async (request: Request, id: string, userId: string): Promise<VendorFailure> => {
      const body = await jsonObject(request);
      if (body === undefined) return matrixFailure('not-json');
      if (body === null) return matrixFailure('bad-json');
      if (!userId.startsWith('@')) return matrixFailure('invalid-user');
      if (userId !== settings().userId) return matrixFailure('another-user');
      if (rooms.get(id)?.isBotJoined !== true) return matrixFailure('not-in-room');
      const { typing, timeout = DEFAULT_TIMEOUT_MS } = body;
      // Synapse fails over it with a KeyError.
      if (typing === undefined) return matrixFailure('server-error');
      if (typing === false) {
        bubbles.stop(id);
        botTypes(id, nowMs());
      } else {
        const lifetimeMs = Math.min(Number(timeout), LONGEST_TIMEOUT_MS);
        const { isShadowBanned } = settings();
        bubbles.start(id, {
          lifetimeMs,
          hiddenBecause: isShadowBanned ? 'shadow-banned' : null,
        });
        if (!isShadowBanned) botTypes(id, nowMs() + lifetimeMs);
      }
      return { status: 200, body: {} };
    };

    const send = async (request: Request, id: string): Promise<VendorFailure> => {
      if (!(await jsonObject(request))) return matrixFailure('bad-json');
      if (rooms.get(id)?.isBotJoined !== true) return matrixFailure('not-in-room');
      bubbles.message(id);
      return { status: 200, body: { event_id: eventId() } };
    };

    const answer = async (request: Request): Promise<VendorFailure> => {
      const { pathname, searchParams } = new URL(request.url);
      const refusal = refusedAtTheDoor(request);
      if (refusal !== null) return refusal;
      if (pathname === `${V3}/account/whoami`) {
        return { status: 200, body: { user_id: settings().userId, is_guest: false } };
      }
      if (`${request.method} ${pathname}` === `GET ${V3}/sync`) {
        const timeoutMs = Number(searchParams.get('timeout') ?? 0);
        return { status: 200, body: await sync.answer(searchParams.get('since'), timeoutMs) };
      }
      const [, room = '', what, rest = ''] = ROOM_PATH.exec(pathname) ?? [];
      const id = decoded(room);
      const intent = `${request.method} ${what ?? ''}`;
      if (intent === 'PUT typing') return type(request, id, decoded(rest));
      if (intent === 'PUT send') return send(request, id);
      if (intent === 'GET joined_members') {
        const { isBotJoined, isPersonJoined } = rooms.get(id) ?? {};
        if (isBotJoined !== true) return matrixFailure('not-a-member');
        const members = [settings().userId, ...(isPersonJoined === true ? [PERSON] : [])];
        return {
          status: 200,
          body: { joined: Object.fromEntries(members.map((one) => [one, {}])) },
        };
      }
      return matrixFailure('unrecognized');
    };

    return {
      handle: {
        createConversation(options = {}) {
          const room = newMatrixRoom(options);
          bubbles.open(room.id);
          rooms.set(room.id, room);
          return room;
        },
        changeConversation(id, change) {
          const { isBotJoined, isPersonJoined } = existing(id);
          const changed = newMatrixRoom({ roomId: id, isBotJoined, isPersonJoined, ...change });
          rooms.set(id, changed);
          return changed;
        },
        conversations: () => [...rooms.values()],
        receiveMessage: (id, text = 'Hi') =>
          sync.tell({
            roomId: existing(id).id,
            timeline: {
              type: 'm.room.message',
              event_id: eventId(),
              sender: PERSON,
              origin_server_ts: nowMs(),
              content: { msgtype: 'm.text', body: text },
            },
          }),
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, text) {
          const { baseUrl, apiKey } = address();
          const path = `${V3}/rooms/${encodeURIComponent(existing(id).id)}/send/m.room.message`;
          return {
            url: `${baseUrl}${path}/${randomBytes(8).toString('hex')}`,
            method: 'PUT',
            headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
            body: JSON.stringify({ msgtype: 'm.text', body: text }),
          };
        },
        personTypes(id, what) {
          const room = existing(id);
          const types = (state: 'started' | 'stopped'): object => {
            personTyped(room.id, state);
            if (state === 'started') personIn.add(room.id);
            else personIn.delete(room.id);
            return tellTypists(room.id);
          };
          if (typeof what !== 'object') return types(what);
          schedule.at(nowMs() + what.forMs, () => void types('stopped'));
          return types('started');
        },
      },
      routes: {
        async fetch(request) {
          return failureResponse(await answer(request));
        },
      },
      read({ method, path, fields }) {
        const [, room, what] = ROOM_PATH.exec(path) ?? [];
        const conversation = room === undefined ? null : decoded(room);
        if (method === 'GET') return { conversation, intent: 'question' };
        if (what === 'typing') {
          return { conversation, intent: fields['typing'] === false ? 'stop' : 'start' };
        }
        return { conversation, intent: what === 'send' ? 'message' : null };
      },
      clear() {
        rooms.clear();
        limiter.clear();
        personIn.clear();
        botUntilMs.clear();
        sync.clear();
      },
      close() {
        sync.clear();
      },
    };
  },
};

function eventId(): string {
  return `$${randomBytes(32).toString('base64url')}`;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** `undefined`: no JSON. `null`: JSON, but not an object. */
async function jsonObject(
  request: Request,
): Promise<Readonly<Record<string, unknown>> | null | undefined> {
  try {
    const value: unknown = JSON.parse(await request.text());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : null;
  } catch {
    return undefined;
  }
}
