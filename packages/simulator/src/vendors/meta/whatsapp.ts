import { withoutUndefined } from '../../input.ts';
import { failureResponse } from '../failure-answer.ts';
import { plainSettings } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { Fields } from '../request-fields.ts';
import type { MessageRequest, RequestMeaning, Vendor, VendorFailure } from '../vendor.ts';
import { graphFailure, graphFailures, graphPath, limited, tokenIn } from './graph.ts';
import {
  newMessageId,
  newWhatsAppChat,
  whatsappChatChange,
  whatsappChatOptions,
  whatsappId,
} from './whatsapp-chats.ts';
import type { WhatsAppChat, WhatsAppChatChange, WhatsAppChatOptions } from './whatsapp-chats.ts';

/** What a test does to the simulated WhatsApp from behind. */
export interface WhatsAppHandle {
  createConversation(options?: WhatsAppChatOptions): WhatsAppChat;
  changeConversation(id: string, change: WhatsAppChatChange): WhatsAppChat;
  conversations(): readonly WhatsAppChat[];
  /** The person writes. Answers the body of the webhook; from now on its message is the newest one. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
  /** The ids of the person's messages that they do not see marked as read. */
  unreadMessages(id: string): readonly string[];
}

const failures = {
  ...graphFailures,
  'rate-limited': graphFailure({
    status: 429,
    code: 130_429,
    message: '(#130429) Rate limit hit',
    details: 'Cloud API message throughput has been reached.',
  }),
  'pair-rate-limited': graphFailure({
    status: 400,
    code: 131_056,
    message: '(#131056) (Business Account, Consumer Account) pair rate limit hit',
    details: 'Too many messages were sent to this number in a short time.',
  }),
  'invalid-message-id': graphFailure({
    status: 400,
    code: 131_009,
    message: '(#131009) Parameter value is not valid',
    details: 'The message id is not one of a received message.',
  }),
  'missing-parameter': graphFailure({
    status: 400,
    code: 131_008,
    message: '(#131008) Required parameter is missing',
    details: 'A required parameter is missing.',
  }),
  'window-closed': graphFailure({
    status: 400,
    code: 131_047,
    message: '(#131047) Re-engagement message',
    details: 'More than 24 hours have passed since the person last wrote.',
  }),
  'account-locked': graphFailure({
    status: 403,
    code: 131_031,
    message: '(#131031) Business Account locked',
    details: 'The account has been restricted or disabled.',
  }),
  'not-registered': graphFailure({
    status: 400,
    code: 133_010,
    message: '(#133010) Phone number not registered',
    details: 'The phone number is not registered.',
  }),
} satisfies Readonly<Record<string, VendorFailure>>;

/** What was received, by its id. */
interface ReceivedMessage {
  readonly chat: string;
  isRead: boolean;
}

/**
 * WhatsApp's Cloud API, as far as it is about typing; also as 360dialog and Kapso pass it on.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators
 */
export const whatsapp: Vendor<WhatsAppHandle, PlainSettings> = {
  channel: 'whatsapp',
  basePath: '/whatsapp',
  environment: ({ baseUrl, apiKey }) => ({
    WHATSAPP_ACCESS_TOKEN: apiKey,
    WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
    WHATSAPP_API_URL: baseUrl,
  }),
  settings: plainSettings('whatsapp-simulator-token'),
  conversationOptions: whatsappChatOptions,
  conversationChange: whatsappChatChange,
  bubble: { lifetimeMs: 25_000, repeat: 'ignored', messageClears: true },
  silences: {
    // Whether WhatsApp refuses it then is not documented.
    'window-closed': 'the person has not written for 24 hours',
    blocked: 'the person has blocked the number',
  },
  failures: {
    ...failures,
    'rate-limited': ({ retryAfterSeconds }) => limited(failures['rate-limited'], retryAfterSeconds),
  },
  secrets: { headers: ['d360-api-key', 'x-api-key'], fields: ['access_token'] },
  create({ settings, schedule, bubbles, address }) {
    const chats = new Map<string, WhatsAppChat>();
    const received = new Map<string, ReceivedMessage>();
    const limiter = createRateLimiter();
    const nowMs = (): number => schedule.clock.now();

    const existing = (id: string): WhatsAppChat => {
      const chat = chats.get(id);
      if (chat === undefined) throw new Error(`The simulated WhatsApp has no chat ${id}.`);
      return chat;
    };
    const receive = (chat: WhatsAppChat): void => {
      received.set(chat.target.messageId, { chat: chat.id, isRead: false });
      // A message that comes later is read later.
      chats.set(chat.id, chat);
    };

    const markRead = (messageId: string, showsTyping: boolean): Response => {
      const message = received.get(messageId);
      if (message === undefined) return failureResponse(failures['invalid-message-id']);
      for (const [id, earlier] of received) {
        if (earlier.chat === message.chat) earlier.isRead = true;
        if (id === messageId) break;
      }
      const { window } = existing(message.chat);
      if (showsTyping) bubbles.start(message.chat, { hiddenBecause: silenceOf(window) });
      return Response.json({ success: true });
    };

    const send = (phoneNumberId: string, fields: Fields): Response => {
      const to = textOf(fields, 'to')?.replace(/^\+/, '') ?? '';
      const id = whatsappId(phoneNumberId, to);
      const chat = chats.get(id);
      if (chat?.window === 'closed') return failureResponse(failures['window-closed']);
      // To write to whoever has not written is nobody's typing.
      if (chat !== undefined) bubbles.message(id);
      return Response.json({
        messaging_product: 'whatsapp',
        contacts: [{ input: to, wa_id: to }],
        messages: [{ id: newMessageId() }],
      });
    };

    const post = (phoneNumberId: string, fields: Fields): Response => {
      if (textOf(fields, 'messaging_product') !== 'whatsapp') {
        return failureResponse(failures['missing-parameter']);
      }
      if (textOf(fields, 'status') !== 'read') return send(phoneNumberId, fields);
      const indicator = fields['typing_indicator'];
      if (indicator !== undefined && !isTextIndicator(indicator)) {
        return failureResponse(failures['invalid-parameter']);
      }
      return markRead(textOf(fields, 'message_id') ?? '', indicator !== undefined);
    };

    const answer = async (request: Request): Promise<Response> => {
      const url = new URL(request.url);
      const key =
        request.headers.get('d360-api-key') ??
        request.headers.get('x-api-key') ??
        tokenIn(request, url.searchParams);
      if (key === null || !settings().apiKeys.includes(key)) {
        return failureResponse(failures.unauthenticated);
      }
      const parts = graphPath(url.pathname);
      // The key of 360dialog is that of one number, which its path leaves out.
      const isAboutMessages = parts.at(-1) === 'messages';
      const phoneNumberId =
        (isAboutMessages && parts.length === 1 ? undefined : parts[0]) ?? anyNumber(chats);
      const chat = [...chats.values()].find((one) => one.phoneNumberId === phoneNumberId);
      if (phoneNumberId === undefined || chat === undefined) {
        return failureResponse(failures['object-not-found']);
      }
      const wait = limiter.secondsToWait(settings().rateLimit, phoneNumberId, nowMs());
      if (wait !== null) return failureResponse(limited(failures['rate-limited'], wait));
      if (request.method === 'GET') {
        return Response.json({
          id: phoneNumberId,
          display_phone_number: '15550783881',
          verified_name: 'Simulated business',
          quality_rating: chat.quality,
        });
      }
      if (!isAboutMessages) return failureResponse(failures['object-not-found']);
      const contentType = request.headers.get('content-type') ?? '';
      return post(
        phoneNumberId,
        requestFields(url.searchParams, contentType, await request.text()),
      );
    };

    return {
      handle: {
        createConversation(options = {}) {
          const chat = newWhatsAppChat(options);
          bubbles.open(chat.id);
          receive(chat);
          return chat;
        },
        changeConversation(id, change) {
          const changed = { ...existing(id), ...withoutUndefined(change) };
          chats.set(id, changed);
          return changed;
        },
        conversations: () => [...chats.values()],
        receiveMessage(id, text = 'Hi') {
          const chat = existing(id);
          const target = { ...chat.target, messageId: newMessageId() };
          receive({ ...chat, target });
          return webhook(target, text, nowMs());
        },
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, text) {
          const { from, phoneNumberId } = existing(id);
          const { baseUrl, apiKey } = address();
          return {
            url: `${baseUrl}/v25.0/${phoneNumberId}/messages`,
            method: 'POST',
            headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
            body: JSON.stringify({
              messaging_product: 'whatsapp',
              to: from,
              type: 'text',
              text: { body: text },
            }),
          };
        },
        unreadMessages(id) {
          existing(id);
          const unread = [...received].filter(([, { chat, isRead }]) => chat === id && !isRead);
          return unread.map(([messageId]) => messageId);
        },
      },
      routes: { fetch: answer },
      read({ method, path, fields }): RequestMeaning {
        const parts = graphPath(path);
        if (method === 'GET') return { conversation: null, intent: 'question' };
        if (textOf(fields, 'status') === 'read') {
          const message = received.get(textOf(fields, 'message_id') ?? '');
          const intent = fields['typing_indicator'] === undefined ? null : 'start';
          return { conversation: message?.chat ?? null, intent };
        }
        const to = textOf(fields, 'to')?.replace(/^\+/, '');
        const number = parts.length > 1 ? parts[0] : anyNumber(chats);
        const isMessage = to !== undefined && number !== undefined;
        return {
          conversation: isMessage ? whatsappId(number, to) : null,
          intent: isMessage ? 'message' : null,
        };
      },
      clear() {
        chats.clear();
        received.clear();
        limiter.clear();
      },
    };
  },
};

function silenceOf(window: WhatsAppChat['window']): string | null {
  if (window === 'open') return null;
  return window === 'closed' ? 'window-closed' : 'blocked';
}

function isTextIndicator(indicator: unknown): boolean {
  return (
    typeof indicator === 'object' &&
    indicator !== null &&
    textOf({ ...indicator }, 'type') === 'text'
  );
}

function anyNumber(chats: ReadonlyMap<string, WhatsAppChat>): string | undefined {
  return [...chats.values()][0]?.phoneNumberId;
}

/** @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages */
function webhook(
  { from, messageId, phoneNumberId }: WhatsAppChat['target'],
  text: string,
  nowMs: number,
): object {
  const message = {
    from,
    id: messageId,
    timestamp: String(Math.floor(nowMs / 1000)),
    type: 'text',
    text: { body: text },
  };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550783881', phone_number_id: phoneNumberId },
    contacts: [{ profile: { name: 'Ada' }, wa_id: from }],
    messages: [message],
  };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '419561257915477', changes: [{ field: 'messages', value }] }],
  };
}
