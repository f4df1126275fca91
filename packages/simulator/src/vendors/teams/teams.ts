import { z } from 'zod';

import { bearerToken } from '../bearer.ts';
import { failureResponse } from '../failure-answer.ts';
import { createRateLimiter, rateLimitSchema } from '../rate-limit.ts';
import type { RateLimit } from '../rate-limit.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { Fields } from '../request-fields.ts';
import type {
  MessageRequest,
  RequestMeaning,
  Vendor,
  VendorRequest,
  VendorSettings,
} from '../vendor.ts';
import {
  hiddenBecause,
  newTeamsConversation,
  refusalOf,
  teamsConversationChange,
  teamsConversationOptions,
} from './conversations.ts';
import type {
  TeamsConversation,
  TeamsConversationChange,
  TeamsConversationOptions,
} from './conversations.ts';
import {
  connectorFailure,
  teamsFailures,
  throttled,
  traceHeader,
  unauthorized,
} from './failures.ts';
import { createTokens, TEAMS_APP_ID } from './tokens.ts';

/** What can be set of the simulated connector. Its `apiKeys` are the client secrets of the app. */
export interface TeamsSettings extends VendorSettings {
  /** For each conversation. Default: `null`, no limit. */
  readonly rateLimit: RateLimit | null;
  /** How long one start shows, in simulated milliseconds. Default: 5,000. */
  readonly lifetimeMs: number;
  /** How long a token is good, in milliseconds of the machine's own time. Default: an hour. */
  readonly tokenLifetimeMs: number;
}

/** What a test does to the simulated connector from behind. */
export interface TeamsHandle {
  createConversation(options?: TeamsConversationOptions): TeamsConversation;
  changeConversation(id: string, change: TeamsConversationChange): TeamsConversation;
  conversations(): readonly TeamsConversation[];
  /** The person writes. Answers the activity that the bot gets. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
  /** The person types. Answers the activity that the bot gets, or `null` in Teams, which tells the bot nothing. */
  receiveTyping(id: string): object | null;
  /** Takes back every token: the next request with one gets a 401. */
  revokeTokens(): void;
}

const TOKEN_PATH = /^\/[^/]+\/oauth2\/v2\.0\/token$/;
const CONVERSATION_PATH =
  /^(?:\/[\w-]+)?\/v3\/conversations\/([^/]+)\/(activities|members|pagedmembers)(?:\/[^/]+)?\/?$/;
const ACTIVITY_TYPES = /^(?:message|typing|event|trace|invokeResponse|endOfConversation)$/;

/** The Bot Connector and its tokens, as far as they are about typing. @see https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference */
export const teams: Vendor<TeamsHandle, TeamsSettings> = {
  channel: 'teams',
  basePath: '/teams',
  environment: ({ baseUrl, apiKey }) => ({
    TEAMS_APP_ID,
    TEAMS_APP_PASSWORD: apiKey,
    TEAMS_TOKEN_URL: `${baseUrl}/botframework.com/oauth2/v2.0/token`,
    // The host with its port. Before the simulator listens there is none.
    TEAMS_SERVICE_HOSTS: baseUrl.split('/')[2] ?? '',
    TEAMS_API_URL: baseUrl,
  }),
  settings: {
    schema: z.strictObject({
      apiKeys: z.array(z.string().min(1)).min(1),
      rateLimit: rateLimitSchema.nullable(),
      lifetimeMs: z.number().positive(),
      tokenLifetimeMs: z.number().positive(),
    }),
    defaults: {
      apiKeys: ['teams~simulator-secret'],
      rateLimit: null,
      lifetimeMs: 5000,
      tokenLifetimeMs: 3_600_000,
    },
  },
  conversationOptions: teamsConversationOptions,
  conversationChange: teamsConversationChange,
  // The protocol promises 3 s (botframework-activity.md, A6000); Microsoft's own SDK has seen 5 s in Web Chat and Microsoft 365.
  bubble: { lifetimeMs: 5000, repeat: 'extends', messageClears: true },
  silences: {
    'team-channel': "Teams shows no typing in a team's channels",
    'client-polls': 'the client polls, and typing is sent only over a WebSocket',
  },
  failures: teamsFailures,
  secrets: { fields: ['client_secret'] },
  create({ settings, schedule, bubbles, address, realNow }) {
    const conversations = new Map<string, TeamsConversation>();
    const limiter = createRateLimiter();
    const tokens = createTokens(
      () => settings().apiKeys,
      () => settings().tokenLifetimeMs,
      realNow,
    );
    let lastId = 0;
    const newId = (): string => {
      lastId += 1;
      return String(1_481_567_603_816 + lastId);
    };

    const existing = (id: string): TeamsConversation => {
      const conversation = conversations.get(id);
      if (conversation === undefined) {
        throw new Error(`The simulated Teams has no conversation ${id}.`);
      }
      return conversation;
    };

    const act = (conversation: TeamsConversation, fields: Fields): Response => {
      const type = textOf(fields, 'type') ?? '';
      if (!ACTIVITY_TYPES.test(type)) return failureResponse(connectorFailure('bad-argument'));
      const { id } = conversation;
      if (type === 'typing') {
        const { lifetimeMs } = settings();
        bubbles.start(id, { lifetimeMs, hiddenBecause: hiddenBecause(conversation) });
        // It "may never be assigned an id" (A6002), so there is nothing to answer.
        return new Response(null, { status: 202, headers: traceHeader() });
      }
      if (type === 'message') bubbles.message(id);
      return Response.json({ id: newId() }, { status: 201, headers: traceHeader() });
    };

    const answer = async (request: Request): Promise<Response> => {
      const { pathname, searchParams } = new URL(request.url);
      const contentType = request.headers.get('content-type') ?? '';
      const fields = requestFields(searchParams, contentType, await request.text());
      if (TOKEN_PATH.test(pathname)) {
        const answered = tokens.answer(fields);
        return 'status' in answered ? failureResponse(answered) : Response.json(answered);
      }
      const token = bearerToken(request.headers.get('authorization') ?? undefined);
      if (!tokens.isGood(token)) return failureResponse(unauthorized());
      const [, , collection] = CONVERSATION_PATH.exec(pathname) ?? [];
      const conversation = conversations.get(conversationIn(pathname) ?? '');
      if (conversation === undefined) {
        return failureResponse(connectorFailure('conversation-not-found'));
      }
      const { rateLimit } = settings();
      const wait = limiter.secondsToWait(rateLimit, conversation.id, schedule.clock.now());
      if (wait !== null) return failureResponse(throttled(wait));
      const refusal = refusalOf(conversation);
      if (refusal !== null) return failureResponse(refusal);
      if (request.method === 'POST' && collection === 'activities')
        return act(conversation, fields);
      if (request.method === 'GET' && collection !== 'activities') {
        const body = collection === 'members' ? [person] : { members: [person] };
        return Response.json(body, { headers: traceHeader() });
      }
      return failureResponse(connectorFailure('method-not-allowed'));
    };

    const activity = (conversation: TeamsConversation, fields: object): object => {
      const { id, channelId, conversationType, target } = conversation;
      return {
        id: newId(),
        timestamp: new Date(schedule.clock.now()).toISOString(),
        serviceUrl: target.serviceUrl,
        channelId,
        from: person,
        conversation: {
          id,
          ...(channelId === 'msteams' ? { conversationType, tenantId: 'simulated-tenant' } : {}),
          ...(conversationType === 'personal' ? {} : { isGroup: true }),
        },
        recipient: { id: `28:${TEAMS_APP_ID}`, name: 'Simulated bot' },
        ...fields,
      };
    };

    return {
      handle: {
        createConversation(options = {}) {
          const conversation = newTeamsConversation(options, address().baseUrl);
          bubbles.open(conversation.id);
          conversations.set(conversation.id, conversation);
          return conversation;
        },
        changeConversation(id, change) {
          const { target: _target, ...options } = existing(id);
          const changed = newTeamsConversation({ ...options, ...change }, address().baseUrl);
          conversations.set(id, changed);
          return changed;
        },
        conversations: () => [...conversations.values()],
        receiveMessage: (id, text = 'Hi') => activity(existing(id), { type: 'message', text }),
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, text) {
          const { conversationId, serviceUrl } = existing(id).target;
          return {
            url: `${serviceUrl}v3/conversations/${encodeURIComponent(conversationId)}/activities`,
            method: 'POST',
            headers: {
              authorization: `Bearer ${tokens.issue()}`,
              'content-type': 'application/json',
            },
            body: JSON.stringify({ type: 'message', text }),
          };
        },
        receiveTyping(id) {
          const conversation = existing(id);
          if (conversation.channelId === 'msteams') return null;
          return activity(conversation, { type: 'typing' });
        },
        revokeTokens: () => tokens.forget(),
      },
      routes: { fetch: answer },
      read: readRequest,
      clear() {
        conversations.clear();
        limiter.clear();
      },
    };
  },
};

const person = { id: '29:1simulated-person', name: 'Ada', aadObjectId: 'simulated-person' };

function readRequest({ method, path, fields }: VendorRequest): RequestMeaning {
  const conversation = conversationIn(path);
  if (conversation === null) return { conversation, intent: null };
  if (method === 'GET') return { conversation, intent: 'question' };
  const type = textOf(fields, 'type');
  const intent = type === 'typing' ? 'start' : type === 'message' ? 'message' : null;
  return { conversation, intent };
}

/** Some of Microsoft's own clients encode the id, some do not. */
function conversationIn(path: string): string | null {
  const [, id] = CONVERSATION_PATH.exec(path) ?? [];
  if (id === undefined) return null;
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
