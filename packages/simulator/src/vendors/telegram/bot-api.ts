import type { VendorBubbles, VendorFailure } from '../vendor.ts';
import { textOf } from '../request-fields.ts';
import type { Fields } from '../request-fields.ts';
import { refusalOf, telegramId } from './chats.ts';
import type { TelegramChat } from './chats.ts';
import { telegramFailure } from './failures.ts';

/** What a method of the Bot API answers: its `result`, or what is wrong. */
export type BotApiAnswer = { readonly result: unknown } | VendorFailure;

export interface BotApiParts {
  readonly bubbles: VendorBubbles;
  readonly chats: () => readonly TelegramChat[];
  readonly nowMs: () => number;
  /** A bot's id is the part of its token before the colon. */
  readonly botId: (token: string) => number;
}

/** The actions, with those that the server takes besides the documented ones. */
const ACTIONS =
  /^(?:typing|upload_photo|record_video|upload_video|record_voice|upload_voice|record_audio|upload_audio|upload_document|choose_sticker|find_location|pick_up_location|record_video_note|upload_video_note|cancel)$/;

const DRAFT_LIFETIME_MS = 30_000;

/**
 * The methods of the Bot API that are about typing, by their name in lower case.
 * @see https://core.telegram.org/bots/api
 */
export function botApi(
  parts: BotApiParts,
): Readonly<Record<string, (fields: Fields, token: string) => BotApiAnswer>> {
  const { bubbles } = parts;
  let lastMessageId = 100;

  const findChat = (fields: Fields): TelegramChat | VendorFailure => {
    const chatId = textOf(fields, 'chat_id');
    const connection = textOf(fields, 'business_connection_id');
    if (chatId === undefined) return telegramFailure('chat-id-empty');
    if (connection !== undefined) {
      if (!/^-?\d+$/.test(chatId)) return telegramFailure('chat-id-not-integer');
      const ofConnection = parts.chats().filter((chat) => chat.businessConnectionId === connection);
      if (ofConnection.length === 0) return telegramFailure('business-connection-not-found');
      return (
        ofConnection.find((chat) => String(chat.chatId) === chatId) ??
        telegramFailure('chat-not-found')
      );
    }
    // A username leads to bots, supergroups and channels, never to a person.
    const isNamed = ({ username, type, peer }: TelegramChat): boolean =>
      `@${username ?? ''}` === chatId && (type !== 'private' || peer === 'bot');
    const chat = parts
      .chats()
      .find(
        (one) =>
          one.businessConnectionId === null && (String(one.chatId) === chatId || isNamed(one)),
      );
    return chat ?? telegramFailure('chat-not-found');
  };

  const findWritableChat = (fields: Fields): TelegramChat | VendorFailure => {
    const chat = findChat(fields);
    return 'status' in chat ? chat : (refusalOf(chat) ?? chat);
  };

  /** Whether a topic exists is not checked here: the server does not, either. */
  const opened = (id: string): string => {
    if (!bubbles.has(id)) bubbles.open(id);
    return id;
  };

  return {
    sendchataction(fields) {
      const action = (textOf(fields, 'action') ?? '').toLowerCase();
      if (!ACTIONS.test(action)) return telegramFailure('wrong-action');
      const chat = findWritableChat(fields);
      if ('status' in chat) return chat;
      if (chat.isDirectMessages) return telegramFailure('channel-direct-messages');
      const id = opened(idIn(fields, chat));
      const shows = action === 'typing' ? null : action;
      if (action === 'cancel') bubbles.stop(id);
      else bubbles.start(id, { shows, hiddenBecause: hiddenBecause(chat) });
      return { result: true };
    },
    sendmessagedraft(fields) {
      const chat = findWritableChat(fields);
      if ('status' in chat) return chat;
      if (chat.type !== 'private') return telegramFailure('draft-peer-invalid');
      if (Number(textOf(fields, 'draft_id') ?? 0) === 0) return telegramFailure('draft-id-invalid');
      bubbles.start(opened(idIn(fields, chat)), {
        lifetimeMs: DRAFT_LIFETIME_MS,
        repeat: 'replaces',
        shows: textOf(fields, 'text') ?? 'Thinking…',
        hiddenBecause: hiddenBecause(chat),
      });
      return { result: true };
    },
    sendmessage(fields) {
      const text = textOf(fields, 'text');
      const chat = findWritableChat(fields);
      if ('status' in chat) return chat;
      if (text === undefined) return telegramFailure('message-empty');
      const id = idIn(fields, chat);
      if (!bubbles.has(id)) return telegramFailure('thread-not-found');
      bubbles.message(id);
      lastMessageId += 1;
      const date = Math.floor(parts.nowMs() / 1000);
      return { result: { message_id: lastMessageId, date, chat: chatBody(chat), text } };
    },
    getme: (_fields, token) => ({
      result: {
        id: parts.botId(token),
        is_bot: true,
        first_name: 'Simulated bot',
        username: 'simulated_bot',
        has_topics_enabled: false,
      },
    }),
    getchat(fields) {
      const chat = findChat(fields);
      if ('status' in chat) return chat;
      const { bot, type } = chat;
      const refusal = bot === 'kicked' || bot === 'left' ? refusalOf(chat) : null;
      return refusal ?? { result: { ...chatBody(chat), accent_color_id: 0, type } };
    },
    getchatmember(fields, token) {
      const chat = findChat(fields);
      if ('status' in chat) return chat;
      const user = { id: parts.botId(token), is_bot: true, first_name: 'Simulated bot' };
      return { result: { user, ...memberBody(chat) } };
    },
    getbusinessconnection(fields) {
      const id = textOf(fields, 'business_connection_id');
      const chat = parts.chats().find((one) => one.businessConnectionId === id);
      if (id === undefined || chat === undefined)
        return telegramFailure('business-connection-not-found');
      const date = Math.floor(parts.nowMs() / 1000);
      const user = { id: 42, is_bot: false, first_name: 'Owner' };
      const rights = chat.bot === 'read-only' ? {} : { can_reply: true };
      return { result: { id, user, user_chat_id: 42, date, rights, is_enabled: true } };
    },
  };
}

/** A chat as updates and answers have it. */
export function chatBody({
  chatId,
  type,
  username,
  isDirectMessages,
  messageThreadId,
}: TelegramChat): object {
  return {
    id: chatId,
    type,
    ...(type === 'private' ? { first_name: 'Ada' } : { title: 'Simulated chat' }),
    ...(username === null ? {} : { username }),
    ...(isDirectMessages ? { is_direct_messages: true } : {}),
    ...(messageThreadId === null ? {} : { is_forum: true }),
  };
}

/** The topic is ignored for a business connection, and a negative one is none. */
function idIn(fields: Fields, chat: TelegramChat): string {
  const thread = Number(textOf(fields, 'message_thread_id') ?? 0);
  const { chatId, businessConnectionId } = chat;
  return telegramId(chatId, thread > 0 ? thread : null, businessConnectionId);
}

function hiddenBecause({ type, bot, peer }: TelegramChat): string | null {
  if (type === 'channel') return 'channel';
  if (bot === 'anonymous-admin') return 'anonymous-admin';
  return peer === 'person' ? null : `peer-is-${peer}`;
}

function memberBody({ bot }: TelegramChat): object {
  if (bot === 'anonymous-admin') return { status: 'administrator', is_anonymous: true };
  if (bot === 'kicked' || bot === 'left') return { status: bot };
  if (bot === 'read-only') {
    return { status: 'restricted', is_member: true, can_send_messages: false };
  }
  return { status: 'member' };
}
