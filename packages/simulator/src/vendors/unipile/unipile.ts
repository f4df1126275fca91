import { failureResponse } from '../failure-answer.ts';
import { plainSettings } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { createRateLimiter } from '../rate-limit.ts';
import type { MessageRequest, Vendor, VendorFailure } from '../vendor.ts';
import { DEFAULT_ACCOUNT, newUnipileChat, unipileChatChange, unipileChatOptions } from './chats.ts';
import type { UnipileChat, UnipileChatChange, UnipileChatOptions } from './chats.ts';
import { tooManyRequests, unipileFailure, unipileFailures } from './failures.ts';

/** What a test does to the simulated Unipile from behind. An id is that of an account, a blank, and that of a chat. */
export interface UnipileHandle {
  createConversation(options?: UnipileChatOptions): UnipileChat;
  changeConversation(id: string, change: UnipileChatChange): UnipileChat;
  conversations(): readonly UnipileChat[];
  /** The person writes. Answers the event that the bot's webhook endpoint gets. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
}

const ACCOUNT_PATH = /^\/accounts\/([^/]+)$/;
const CHAT_PATH = /^\/(acc_[^/]+)\/chats\/([^/]+)(?:\/(composing|messages\/send))?$/;

/** Version 2 of Unipile's API, as far as it is about typing on LinkedIn. @see https://developer.unipile.com/v2.0/docs */
export const unipile: Vendor<UnipileHandle, PlainSettings> = {
  channel: 'linkedin',
  basePath: '/unipile/v2',
  environment: ({ baseUrl, apiKey }) => ({
    UNIPILE_API_KEY: apiKey,
    UNIPILE_ACCOUNT_ID: DEFAULT_ACCOUNT,
    UNIPILE_API_URL: baseUrl,
  }),
  settings: plainSettings('unipile-simulator-key'),
  conversationOptions: unipileChatOptions,
  conversationChange: unipileChatChange,
  // Nobody documents it. LinkedIn's own client repeats every 5 s.
  bubble: { lifetimeMs: 10_000, repeat: 'extends', messageClears: true },
  silences: { 'turned-off': 'one of the two people has switched typing indicators off' },
  failures: unipileFailures,
  secrets: { headers: ['x-api-key'] },
  create({ settings, schedule, bubbles, address }) {
    const chats = new Map<string, UnipileChat>();
    const limiter = createRateLimiter();
    let lastEvent = 0;

    const existing = (id: string): UnipileChat => {
      const chat = chats.get(id);
      if (chat === undefined) throw new Error(`The simulated Unipile has no chat ${id}.`);
      return chat;
    };
    const stateOf = (accountId: string): UnipileChat['account'] | undefined =>
      [...chats.values()].findLast(({ target }) => target.accountId === accountId)?.account;

    const inChat = (
      method: string,
      accountId: string,
      chatId: string,
      what: string | undefined,
      action: string | null,
    ): Response | VendorFailure => {
      const state = stateOf(accountId);
      if (state === undefined) return unipileFailure('account-not-found');
      if (state === 'disconnected') return unipileFailure('disconnected');
      if (state !== 'running') return unipileFailure('provider-error');
      const chat = chats.get(`${accountId} ${chatId}`);
      if (chat === undefined) return unipileFailure('chat-not-found');
      if (method !== (what === undefined ? 'GET' : 'POST'))
        return unipileFailure('method-not-allowed');
      if (what === undefined) return Response.json(chatBody(chat));
      if (what === 'messages/send') {
        bubbles.message(chat.id);
        return Response.json({ object: 'MessageSent', id: `msg_${schedule.clock.now()}` });
      }
      if (action !== 'typing' && action !== 'recording')
        return unipileFailure('invalid-parameters');
      if (chat.isReadonly) return unipileFailure('insufficient-permissions');
      bubbles.start(chat.id, {
        ...(action === 'recording' && { shows: action }),
        hiddenBecause: chat.typingIndicators ? null : 'turned-off',
      });
      return Response.json({ object: 'ComposingSet' });
    };

    const answer = ({ method, url, headers }: Request): Response | VendorFailure => {
      const { pathname, searchParams } = new URL(url);
      if (!settings().apiKeys.includes(headers.get('x-api-key') ?? ''))
        return unipileFailure('unauthorized');
      const [, asked] = ACCOUNT_PATH.exec(pathname) ?? [];
      const [, inPath, chatId = '', what] = CHAT_PATH.exec(pathname) ?? [];
      const accountId = asked ?? inPath;
      if (accountId === undefined) return unipileFailure('account-not-found');
      // The limits of Unipile are those of an account.
      const limit = settings().rateLimit;
      const seconds = limiter.secondsToWait(limit, accountId, schedule.clock.now());
      if (seconds !== null) return tooManyRequests(seconds, 'api');
      if (asked !== undefined) {
        const status = stateOf(asked);
        if (status === undefined) return unipileFailure('account-not-found');
        return Response.json({ object: 'Account', id: asked, provider: 'linkedin', status });
      }
      const id = decodeURIComponent(chatId);
      return inChat(method, accountId, id, what, searchParams.get('action'));
    };

    return {
      handle: {
        createConversation(options = {}) {
          const chat = newUnipileChat(options);
          bubbles.open(chat.id);
          chats.set(chat.id, chat);
          return chat;
        },
        changeConversation(id, change) {
          const { id: _id, target, ...before } = existing(id);
          const changed = newUnipileChat({ ...before, ...target, ...change });
          chats.set(id, changed);
          return changed;
        },
        conversations: () => [...chats.values()],
        receiveMessage(id, text = 'Hi') {
          const { chatId, accountId } = existing(id).target;
          lastEvent += 1;
          return {
            id: `evt_${lastEvent}`,
            type: 'message.new',
            created_at: new Date(schedule.clock.now()).toISOString(),
            account_id: accountId,
            payload: { object: 'Message', chat_id: chatId, is_sender: false, text },
          };
        },
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, text) {
          const { baseUrl, apiKey } = address();
          const { chatId, accountId } = existing(id).target;
          return {
            url: `${baseUrl}/${accountId}/chats/${encodeURIComponent(chatId)}/messages/send`,
            method: 'POST',
            headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
            body: JSON.stringify({ text }),
          };
        },
      },
      routes: {
        fetch(request) {
          const answered = answer(request);
          return answered instanceof Response ? answered : failureResponse(answered);
        },
      },
      read({ method, path }) {
        const [, accountId, chatId = '', what] = CHAT_PATH.exec(path) ?? [];
        const conversation =
          accountId === undefined ? null : `${accountId} ${decodeURIComponent(chatId)}`;
        if (method === 'GET') return { conversation, intent: 'question' };
        if (what === 'composing') return { conversation, intent: 'start' };
        return { conversation, intent: what === undefined ? null : 'message' };
      },
      clear() {
        chats.clear();
        limiter.clear();
      },
    };
  },
};

/** A chat as `GET /{account_id}/chats/{chat_id}` has it. */
function chatBody({ target, isGroup, isReadonly }: UnipileChat): object {
  return {
    object: 'Chat',
    id: target.chatId,
    provider: 'linkedin',
    is_group: isGroup,
    is_readonly: isReadonly,
    restrictions: [],
  };
}
