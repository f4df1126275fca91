import { randomBytes, randomUUID } from 'node:crypto';

import { z } from 'zod';

import { failureResponse } from '../failure-answer.ts';
import { plainSettings } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { Fields } from '../request-fields.ts';
import type { MessageRequest, SimulatedConversation, Vendor, VendorFailure } from '../vendor.ts';

/** A person on one network, and the address that they wrote to. */
export interface TwilioChat extends SimulatedConversation {
  /** On WhatsApp with the newest message of theirs. */
  readonly target: {
    readonly messageId?: string;
    readonly from: string;
    readonly to: string;
  };
  readonly person: string;
  readonly business: string;
}

/** What a new chat is like; by default one with a person of random name. */
export interface TwilioChatOptions {
  /** `whatsapp:+14155551234`, or `apple:urn:mbid:…`. */
  readonly person?: string | undefined;
}

/** What a test does to the simulated Twilio from behind. An id is `<business>/<person>`. */
export interface TwilioHandle {
  createConversation(options?: TwilioChatOptions): TwilioChat;
  conversations(): readonly TwilioChat[];
  /** The person writes. Answers the fields of the webhook; on WhatsApp its message is now the newest one. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
}

type Network = 'whatsapp' | 'apple';

const ACCOUNT = `AC${'0'.repeat(32)}`;
const TYPING = '/Indicators/Typing.json';
const MESSAGE = `/Accounts/${ACCOUNT}/Messages.json`;
const business = {
  whatsapp: 'whatsapp:+14155238886',
  apple: 'apple:2ad65ca2-6b5e-4a3b-9c4a-1b1f5d1e3f7a',
} as const;

function refused(status: number, code: number, message: string): VendorFailure {
  const link = `https://www.twilio.com/docs/errors/${code}`;
  return { status, body: { code, message, more_info: link, status } };
}

/** @see https://www.twilio.com/docs/api/errors */
const failures = {
  'invalid-message': refused(400, 20_001, 'invalid or incomplete inbound data in MDR'),
  'invalid-parameter': refused(400, 20_001, 'Invalid parameter'),
  unauthorized: refused(401, 20_003, 'Authenticate'),
  forbidden: refused(403, 20_403, 'Forbidden'),
  'not-found': refused(404, 20_404, 'The requested resource was not found'),
  // No time to wait is documented.
  'rate-limited': refused(429, 20_429, 'Too Many Requests'),
  'server-error': refused(500, 20_500, 'Internal Server Error'),
  /** What is wrong inside of a success. */
  unsuccessful: { status: 200, body: { success: false } },
} satisfies Readonly<Record<string, VendorFailure>>;

const chatOptions: z.ZodType<TwilioChatOptions> = z.strictObject({
  person: z
    .string()
    .regex(/^(?:whatsapp|apple):/)
    .optional(),
});

function newMessageId(): string {
  return `SM${randomBytes(16).toString('hex')}`;
}

/** One network of Twilio's. WhatsApp is in the version 2 of its API, as a form; Apple's in version 3, as JSON. */
function twilioOn(network: Network): Vendor<TwilioHandle, PlainSettings> {
  const isWhatsApp = network === 'whatsapp';
  const version = isWhatsApp ? '/v2' : '/v3';
  return {
    channel: network,
    basePath: `/twilio${version}`,
    environment: ({ baseUrl, apiKey }) => ({
      TWILIO_ACCOUNT_SID: ACCOUNT,
      TWILIO_AUTH_TOKEN: apiKey,
      // Both versions are below one address.
      TWILIO_API_URL: baseUrl.slice(0, -version.length),
    }),
    settings: plainSettings('twilio-simulator-token'),
    conversationOptions: chatOptions,
    // https://www.twilio.com/docs/whatsapp/api/typing-indicators-resource; of Apple's nothing is documented.
    bubble: isWhatsApp
      ? { lifetimeMs: 25_000, repeat: 'ignored', messageClears: true }
      : { lifetimeMs: 60_000, repeat: 'extends', messageClears: true },
    silences: {},
    failures,
    create({ settings, schedule, bubbles, address }) {
      const chats = new Map<string, TwilioChat>();
      /** The chats of all messages that came in. */
      const received = new Map<string, string>();
      const limiter = createRateLimiter();

      const existing = (id: string): TwilioChat => {
        const chat = chats.get(id);
        if (chat === undefined) throw new Error(`The simulated Twilio has no chat ${id}.`);
        return chat;
      };
      const withNewMessage = (chat: TwilioChat): TwilioChat => {
        const messageId = newMessageId();
        const { person, business: ours } = chat;
        const now = isWhatsApp ? { ...chat, target: { messageId, from: person, to: ours } } : chat;
        received.set(messageId, chat.id);
        chats.set(chat.id, now);
        return now;
      };
      const typedIn = (fields: Fields): string | undefined =>
        isWhatsApp
          ? received.get(textOf(fields, 'messageId') ?? '')
          : idOf(textOf(fields, 'from'), textOf(fields, 'to'));

      const type = (fields: Fields): Response => {
        const wanted = isWhatsApp ? 'whatsapp' : 'APPLE';
        const event = textOf(fields, 'event') ?? 'START';
        if (fields['channel'] !== wanted || !['START', 'END'].includes(event))
          return failureResponse(failures['invalid-parameter']);
        const id = typedIn(fields) ?? '';
        if (!chats.has(id)) return failureResponse(failures['invalid-message']);
        if (event === 'END') bubbles.stop(id);
        else bubbles.start(id);
        return Response.json({ success: true });
      };

      const answer = async (request: Request): Promise<Response> => {
        const { pathname, searchParams } = new URL(request.url);
        const [, basic = ''] =
          /^basic (.+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
        const [sid, ...token] = Buffer.from(basic, 'base64').toString().split(':');
        if (sid !== ACCOUNT || !settings().apiKeys.includes(token.join(':')))
          return failureResponse(failures.unauthorized);
        const nowMs = schedule.clock.now();
        if (limiter.secondsToWait(settings().rateLimit, sid, nowMs) !== null)
          return failureResponse(failures['rate-limited']);
        const contentType = request.headers.get('content-type') ?? '';
        const fields = requestFields(searchParams, contentType, await request.text());
        if (pathname === TYPING) return type(fields);
        if (pathname !== MESSAGE) return failureResponse(failures['not-found']);
        const id = idOf(textOf(fields, 'From'), textOf(fields, 'To'));
        // To write to whoever has not written is nobody's typing.
        if (chats.has(id)) bubbles.message(id);
        return Response.json({ sid: newMessageId(), status: 'queued' }, { status: 201 });
      };

      return {
        handle: {
          createConversation({ person = newPerson(network) } = {}) {
            const ours = business[network];
            const id = idOf(ours, person);
            bubbles.open(id);
            return withNewMessage({
              id,
              person,
              business: ours,
              target: { from: ours, to: person },
            });
          },
          conversations: () => [...chats.values()],
          receiveMessage(id, text = 'Hi') {
            const { target, person, business: ours } = withNewMessage(existing(id));
            return {
              MessageSid: target.messageId ?? newMessageId(),
              AccountSid: ACCOUNT,
              SmsStatus: 'received',
              From: person,
              To: ours,
              Body: text,
              NumMedia: '0',
            };
          },
          sendMessage(id) {
            bubbles.message(id);
          },
          messageRequest(id, text) {
            const { person, business: ours } = existing(id);
            const { baseUrl, apiKey } = address();
            return {
              url: `${baseUrl}${MESSAGE}`,
              method: 'POST',
              headers: {
                authorization: `Basic ${Buffer.from(`${ACCOUNT}:${apiKey}`).toString('base64')}`,
                'content-type': 'application/x-www-form-urlencoded',
              },
              body: new URLSearchParams({ From: ours, To: person, Body: text }).toString(),
            };
          },
        },
        routes: { fetch: answer },
        read({ method, path, fields }) {
          if (method === 'GET') return { conversation: null, intent: 'question' };
          if (path === TYPING) {
            const intent = fields['event'] === 'END' ? 'stop' : 'start';
            return { conversation: typedIn(fields) ?? null, intent };
          }
          if (path !== MESSAGE) return { conversation: null, intent: null };
          const conversation = idOf(textOf(fields, 'From'), textOf(fields, 'To'));
          return { conversation, intent: 'message' };
        },
        clear() {
          chats.clear();
          received.clear();
          limiter.clear();
        },
      };
    },
  };
}

/** What `recipientView` knows a chat by. */
function idOf(ours = '', theirs = ''): string {
  return `${ours}/${theirs}`;
}

function newPerson(network: Network): string {
  return network === 'apple'
    ? `apple:urn:mbid:${randomUUID()}`
    : `whatsapp:+1415555${String(1000 + (randomBytes(2).readUInt16BE() % 9000))}`;
}

/** Twilio on WhatsApp. @see https://www.twilio.com/docs/whatsapp/api/typing-indicators-resource */
export const twilio: Vendor<TwilioHandle, PlainSettings> = twilioOn('whatsapp');
/** Twilio on Apple Messages for Business. */
export const twilioApple: Vendor<TwilioHandle, PlainSettings> = twilioOn('apple');
