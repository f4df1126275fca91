import { withoutUndefined } from '../../input.ts';
import { failureResponse } from '../failure-answer.ts';
import { plainSettings } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { Fields } from '../request-fields.ts';
import type { MessageRequest, PersonTypes, Vendor, VendorFailure } from '../vendor.ts';
import {
  LINE,
  newSendblueChat,
  sendblueChatChange,
  sendblueChatOptions,
  sendblueId,
  silenceOf,
} from './chats.ts';
import type { SendblueChat, SendblueChatChange, SendblueChatOptions } from './chats.ts';

/** What a test does to the simulated Sendblue from behind. */
export interface SendblueHandle {
  createConversation(options?: SendblueChatOptions): SendblueChat;
  changeConversation(id: string, change: SendblueChatChange): SendblueChat;
  conversations(): readonly SendblueChat[];
  /** The person writes. Answers the body of the webhook. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
  /** Answers the body of the webhook `typing_indicator`. */
  personTypes(id: string, what: PersonTypes): object;
}

const KEY_ID = 'sendblue-simulator-key-id';
const TYPING = '/api/send-typing-indicator';
const MESSAGE = '/api/send-message';
const CONTACT = /^\/api\/v2\/contacts\/([^/]+)$/;

/** @see https://docs.sendblue.com/api-v2/typing-indicators/ */
const failures = {
  'missing-number': {
    status: 400,
    body: { status: 'ERROR', message: 'You must specify a `number` in the request body.' },
  },
  'no-route': {
    status: 400,
    body: {
      status: 'ERROR',
      status_code: 400,
      error_message: 'No route mapping found for number, have you messaged them before?',
    },
  },
  /** What is wrong inside of a success. */
  'error-in-200': {
    status: 200,
    body: { status: 'ERROR', error_message: 'Failed to send typing indicator' },
  },
  // Their bodies are not documented.
  'invalid-duration': {
    status: 400,
    body: { status: 'ERROR', message: '`max_duration_ms` must be between 1 and 300000.' },
  },
  unauthorized: { status: 401, body: { message: 'Unauthorized' } },
  forbidden: { status: 403, body: { message: 'Forbidden' } },
  'not-found': { status: 404, body: { message: 'Not Found' } },
  'server-error': { status: 500, body: { message: 'Internal Server Error' } },
} satisfies Readonly<Record<string, VendorFailure>>;

const limited = (retryAfterSeconds: number): VendorFailure => ({
  status: 429,
  headers: { 'Retry-After': String(retryAfterSeconds) },
  body: { message: 'Too Many Requests' },
});

/** Sendblue's API, as far as it is about typing. @see https://docs.sendblue.com */
export const sendblue: Vendor<SendblueHandle, PlainSettings> = {
  channel: 'imessage',
  basePath: '/sendblue',
  environment: ({ baseUrl, apiKey }) => ({
    SENDBLUE_API_KEY_ID: KEY_ID,
    SENDBLUE_API_SECRET_KEY: apiKey,
    SENDBLUE_FROM_NUMBER: LINE,
    SENDBLUE_API_URL: baseUrl,
  }),
  settings: plainSettings('sendblue-simulator-secret'),
  conversationOptions: sendblueChatOptions,
  conversationChange: sendblueChatChange,
  // What a second start and a message do is not documented: as iMessage does elsewhere.
  bubble: { lifetimeMs: 60_000, repeat: 'extends', messageClears: true },
  silences: {
    sms: 'the person does not use iMessage',
    'not-recent': 'the last message is too old',
  },
  failures: {
    ...failures,
    'rate-limited': ({ retryAfterSeconds }) => limited(retryAfterSeconds),
  },
  secrets: {
    headers: ['sb-api-key-id', 'sb-api-secret-key', 'x-sb-api-key-id', 'x-sb-api-secret-key'],
  },
  create({ settings, schedule, bubbles, address, personTyped }) {
    const chats = new Map<string, SendblueChat>();
    const limiter = createRateLimiter();
    const nowMs = (): number => schedule.clock.now();

    const existing = (id: string): SendblueChat => {
      const chat = chats.get(id);
      if (chat === undefined) throw new Error(`The simulated Sendblue has no chat ${id}.`);
      return chat;
    };
    const withNumber = (number: string | undefined): SendblueChat | undefined =>
      [...chats.values()].find(({ target }) => target.number === number);
    const named = (fields: Fields): SendblueChat | undefined => {
      const number = textOf(fields, 'number');
      const line = textOf(fields, 'from_number');
      if (number === undefined) return undefined;
      // Without a line it is the one that has written to them.
      return line === undefined ? withNumber(number) : chats.get(sendblueId(line, number));
    };

    const type = (fields: Fields): Response => {
      const number = textOf(fields, 'number');
      if (number === undefined) return failureResponse(failures['missing-number']);
      const chat = named(fields);
      if (!chat?.hasRoute) return failureResponse(failures['no-route']);
      const lifetimeMs = fields['max_duration_ms'] ?? 60_000;
      if (typeof lifetimeMs !== 'number' || lifetimeMs < 1 || lifetimeMs > 300_000)
        return failureResponse(failures['invalid-duration']);
      if (fields['state'] === 'stop') bubbles.stop(chat.id);
      else bubbles.start(chat.id, { lifetimeMs, hiddenBecause: silenceOf(chat) });
      return Response.json({ status: 'QUEUED', status_code: 200, error_message: null, number });
    };

    const send = (fields: Fields): Response => {
      const number = textOf(fields, 'number');
      if (number === undefined) return failureResponse(failures['missing-number']);
      const chat = named(fields);
      // To write to whoever has not written is nobody's typing.
      if (chat !== undefined) bubbles.message(chat.id);
      return Response.json({ status: 'QUEUED', error_message: null, is_outbound: true, number });
    };

    const question = ({ pathname, searchParams }: URL): Response => {
      if (pathname === '/api/v2/lines/state') {
        const lines = new Map([...chats.values()].map((one) => [one.target.fromNumber, one.line]));
        const data = [...lines].map(([line, status]) => ({ sendblue_number: line, status }));
        return Response.json({ data });
      }
      if (pathname === '/api/evaluate-service') {
        const number = searchParams.get('number') ?? '';
        return Response.json({ number, service: withNumber(number)?.service ?? 'iMessage' });
      }
      if (pathname === '/api/v2/messages') {
        const [number, line] = [searchParams.get('number'), searchParams.get('sendblue_number')];
        const chat = chats.get(sendblueId(line ?? '', number ?? ''));
        const atMs = nowMs() - (chat?.isRecent ? 0 : 86_400_000);
        const message = { number, date_sent: new Date(atMs).toISOString(), service: chat?.service };
        return Response.json({ status: 'OK', data: chat ? [message] : [] });
      }
      const contact = withNumber(decodeURIComponent(CONTACT.exec(pathname)?.[1] ?? ''));
      if (!contact) return failureResponse(failures['not-found']);
      const { number } = contact.target;
      return Response.json({ contact: { phone: number, opt_out: contact.isOptedOut } });
    };

    const answer = async (request: Request): Promise<Response> => {
      const { headers, method } = request;
      const header = (name: string): string => headers.get(name) ?? headers.get(`x-${name}`) ?? '';
      const isOurs =
        header('sb-api-key-id') === KEY_ID &&
        settings().apiKeys.includes(header('sb-api-secret-key'));
      if (!isOurs) return failureResponse(failures.unauthorized);
      const wait = limiter.secondsToWait(settings().rateLimit, KEY_ID, nowMs());
      if (wait !== null) return failureResponse(limited(wait));
      const url = new URL(request.url);
      if (method === 'GET') return question(url);
      const contentType = headers.get('content-type') ?? '';
      const fields = requestFields(url.searchParams, contentType, await request.text());
      if (url.pathname === TYPING) return type(fields);
      return url.pathname === MESSAGE ? send(fields) : failureResponse(failures['not-found']);
    };

    const typingBody = ({ target }: SendblueChat, isTyping: boolean): object => ({
      number: target.number,
      is_typing: isTyping,
      from_number: target.fromNumber,
      timestamp: new Date(nowMs()).toISOString(),
    });

    return {
      handle: {
        createConversation(options = {}) {
          const chat = newSendblueChat(options);
          bubbles.open(chat.id);
          chats.set(chat.id, chat);
          return chat;
        },
        changeConversation(id, change) {
          const changed = { ...existing(id), ...withoutUndefined(change) };
          chats.set(id, changed);
          return changed;
        },
        conversations: () => [...chats.values()],
        receiveMessage(id, text = 'Hi') {
          const { target, service, isOptedOut } = existing(id);
          return {
            content: text,
            is_outbound: false,
            status: 'RECEIVED',
            date_sent: new Date(nowMs()).toISOString(),
            from_number: target.number,
            number: target.number,
            to_number: target.fromNumber,
            sendblue_number: target.fromNumber,
            message_type: 'message',
            group_id: '',
            service,
            opted_out: isOptedOut,
          };
        },
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, content) {
          const { number, fromNumber } = existing(id).target;
          const { baseUrl, apiKey } = address();
          return {
            url: `${baseUrl}${MESSAGE}`,
            method: 'POST',
            headers: {
              'sb-api-key-id': KEY_ID,
              'sb-api-secret-key': apiKey,
              'content-type': 'application/json',
            },
            body: JSON.stringify({ number, from_number: fromNumber, content }),
          };
        },
        personTypes(id, what) {
          const chat = existing(id);
          personTyped(id, what === 'stopped' ? 'stopped' : 'started');
          if (typeof what === 'object') {
            schedule.at(nowMs() + what.forMs, () => {
              personTyped(id, 'stopped');
            });
          }
          return typingBody(chat, what !== 'stopped');
        },
      },
      routes: { fetch: answer },
      read({ method, path, fields }) {
        if (method === 'GET') return { conversation: null, intent: 'question' };
        const conversation = named(fields)?.id ?? null;
        if (path === MESSAGE) return { conversation, intent: 'message' };
        if (path !== TYPING) return { conversation, intent: null };
        return { conversation, intent: fields['state'] === 'stop' ? 'stop' : 'start' };
      },
      clear() {
        chats.clear();
        limiter.clear();
      },
    };
  },
};
