import { bearerToken } from '../bearer.ts';
import { failureResponse } from '../failure-answer.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { MessageRequest, RequestMeaning, Vendor, VendorRequest } from '../vendor.ts';
import { rateLimited, slackFailure, slackFailures } from './failures.ts';
import { slackSettings } from './settings.ts';
import type { SlackSettings } from './settings.ts';
import {
  newSlackThread,
  sessionIdOf,
  slackId,
  slackThreadChange,
  slackThreadOptions,
} from './threads.ts';
import type { SlackThread, SlackThreadChange, SlackThreadOptions } from './threads.ts';
import { SLACK_APP, webApi } from './web-api.ts';

/** What a test does to the simulated Slack from behind. An id is that of a thread. */
export interface SlackHandle {
  createConversation(options?: SlackThreadOptions): SlackThread;
  changeConversation(id: string, change: SlackThreadChange): SlackThread;
  conversations(): readonly SlackThread[];
  /** The person writes. Answers the event that the bot gets; the first one begins the thread. `null` in a session channel. */
  receiveMessage(id: string, text?: string): object | null;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
  /** The person presses the stop button, which changes nothing by itself. Answers the event that the bot gets. */
  pressStop(id: string): object;
}

/** Clients say where the API is with and without `/api` in it. */
const METHOD_PATH = /^(?:\/api)?\/([\w.]+)\/?$/;

/** Slack's Web API, as far as it is about typing. @see https://docs.slack.dev/reference/methods */
export const slack: Vendor<SlackHandle, SlackSettings> = {
  channel: 'slack',
  basePath: '/slack',
  environment: ({ baseUrl, apiKey }) => ({ SLACK_BOT_TOKEN: apiKey, SLACK_API_URL: baseUrl }),
  settings: slackSettings,
  conversationOptions: slackThreadOptions,
  conversationChange: slackThreadChange,
  // A text. A state lasts an hour, and is a bubble of its own.
  bubble: { lifetimeMs: 120_000, repeat: 'replaces', messageClears: true },
  silences: {},
  failures: slackFailures,
  // The Chat SDK writes the token into the form as well.
  secrets: { fields: ['token'] },
  create({ settings, schedule, bubbles, address }) {
    const threads = new Map<string, SlackThread>();
    const begun = new Set<string>();
    const limiter = createRateLimiter();
    let lastEvent = 0;
    const nextTs = (): string => {
      lastEvent += 1;
      const seconds = Math.floor(schedule.clock.now() / 1000);
      return `${String(seconds)}.${String(lastEvent).padStart(6, '0')}`;
    };
    const methods = webApi({ settings, bubbles, threads: () => [...threads.values()], nextTs });

    const existing = (id: string): SlackThread => {
      const thread = threads.get(id);
      if (thread === undefined) throw new Error(`The simulated Slack has no thread ${id}.`);
      return thread;
    };
    const eventCallback = ({ teamId }: SlackThread, event: object): object => {
      const event_ts = nextTs();
      return {
        token: 'simulated',
        team_id: teamId,
        api_app_id: SLACK_APP.id,
        event: { ...event, event_ts },
        type: 'event_callback',
        event_id: `Ev0${String(lastEvent).padStart(8, '0')}`,
        event_time: Number.parseInt(event_ts, 10),
        authorizations: [{ team_id: teamId, user_id: SLACK_APP.userId, is_bot: true }],
      };
    };

    const answer = async (request: Request): Promise<Response> => {
      const url = new URL(request.url);
      const method = METHOD_PATH.exec(url.pathname)?.[1] ?? '';
      const contentType = request.headers.get('content-type') ?? '';
      const fields = requestFields(url.searchParams, contentType, await request.text());
      const token =
        bearerToken(request.headers.get('authorization') ?? undefined) ?? textOf(fields, 'token');
      if (token === undefined) return failureResponse(slackFailure('not_authed'));
      const { apiKeys, rateLimit, scopes } = settings();
      if (!apiKeys.includes(token)) return failureResponse(slackFailure('invalid_auth'));
      const run = methods[method];
      if (run === undefined) return failureResponse(slackFailure('unknown_method'));
      // A method has a budget for each app in each workspace.
      const wait = limiter.secondsToWait(rateLimit, `${method} ${token}`, schedule.clock.now());
      if (wait !== null) return failureResponse(rateLimited(wait));
      const answered = run(fields);
      if ('status' in answered) return failureResponse(answered);
      const headers = { 'x-oauth-scopes': scopes.join(',') };
      return Response.json({ ok: true, ...answered.result }, { headers });
    };

    return {
      handle: {
        createConversation(options = {}) {
          const thread = newSlackThread(options, nextTs());
          bubbles.open(thread.id);
          bubbles.open(thread.sessionId);
          threads.set(thread.id, thread);
          return thread;
        },
        changeConversation(id, change) {
          const { target: _target, sessionId: _sessionId, id: _id, ...options } = existing(id);
          const changed = newSlackThread({ ...options, ...change }, nextTs());
          threads.set(id, changed);
          return changed;
        },
        conversations: () => [...threads.values()],
        receiveMessage(id, text = 'Hi') {
          const thread = existing(id);
          const { channelId: channel, threadTs, type } = thread;
          if (threadTs === null) return null;
          const isFirst = !begun.has(id);
          begun.add(id);
          const place = isFirst ? { ts: threadTs } : { ts: nextTs(), thread_ts: threadTs };
          const person = { user: 'U0ADA00000', text, channel, ...place };
          return eventCallback(
            thread,
            type === 'direct'
              ? { type: 'message', channel_type: 'im', ...person }
              : { type: 'app_mention', ...person },
          );
        },
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, text) {
          const { channelId: channel, threadTs } = existing(id);
          const { baseUrl, apiKey } = address();
          return {
            url: `${baseUrl}/chat.postMessage`,
            method: 'POST',
            headers: {
              authorization: `Bearer ${apiKey}`,
              'content-type': 'application/json; charset=utf-8',
            },
            body: JSON.stringify({ channel, thread_ts: threadTs ?? undefined, text }),
          };
        },
        pressStop(id) {
          const thread = existing(id);
          return eventCallback(thread, {
            type: 'agent_session_stopped',
            channel: thread.channelId,
            ...(thread.threadTs === null ? {} : { thread_ts: thread.threadTs }),
            user: 'U0ADA00000',
            streaming_message_ts: [],
          });
        },
      },
      routes: { fetch: answer },
      read: readRequest,
      clear() {
        threads.clear();
        begun.clear();
        limiter.clear();
      },
    };
  },
};

function readRequest({ path, fields }: VendorRequest): RequestMeaning {
  const method = METHOD_PATH.exec(path)?.[1] ?? '';
  const channelId = textOf(fields, 'channel_id') ?? textOf(fields, 'channel');
  const threadTs = textOf(fields, 'thread_ts') ?? textOf(fields, 'ts') ?? null;
  const id = channelId === undefined ? null : slackId(channelId, threadTs);
  switch (method) {
    case 'assistant.threads.setStatus':
      return { conversation: id, intent: fields['status'] === '' ? 'stop' : 'start' };
    case 'agents.sessions.setStatus':
      return {
        conversation: id === null ? null : sessionIdOf(id),
        intent: fields['status'] === 'processing' ? 'start' : 'stop',
      };
    case 'chat.postMessage':
      return { conversation: id, intent: 'message' };
    default:
      return { conversation: id, intent: 'question' };
  }
}
