import { describeTypingProvider, type ProviderFacts, type VendorFailure } from '@typingkit/testing';
import { expect } from 'vitest';
import { telegram, telegramAddress, type TelegramTarget } from '../src/index.ts';

const botId = '123456789';
const chatId = -1_001_234_567_890;
const target = { chatId, threadId: 17 };
const accepted = { status: 200, json: { ok: true, result: true } };
const action = (word: string) => ({
  method: 'POST',
  path: (token: string) => `/bot${token}/sendChatAction`,
  json: { chat_id: chatId, message_thread_id: 17, action: word },
  answer: accepted,
});

/** Answers as the server gives them: tdlib/telegram-bot-api, Client.cpp and Query.cpp. */
const failures: readonly VendorFailure[] = [
  refused(401, 'Unauthorized', 'unauthenticated'),
  refused(401, 'Unauthorized: invalid token specified', 'unauthenticated'),
  refused(404, 'Not Found', 'unauthenticated'),
  refused(404, 'Not Found: method not found', 'unauthenticated'),
  refused(421, 'Misdirected Request: unallowed token specified', 'unauthenticated'),
  refused(400, 'Bad Request: chat not found', 'not-found'),
  refused(400, 'Bad Request: private chat not found', 'not-found'),
  refused(400, 'Bad Request: business connection not found', 'not-found'),
  {
    ...refused(400, 'Bad Request: group chat was upgraded to a supergroup chat', 'not-found', {
      migrate_to_chat_id: -1_009_876_543_210,
    }),
    message: 'use the chat id -1009876543210',
  },
  refused(400, 'Bad Request: wrong parameter action in request', 'rejected'),
  refused(400, 'Bad Request: chat_id is empty', 'rejected'),
  refused(400, 'Bad Request: chat identifier must be a valid Integer', 'rejected'),
  refused(400, 'Bad Request: have no write access to the chat', 'forbidden'),
  refused(400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'forbidden'),
  refused(400, 'Bad Request: TOPIC_CLOSED', 'forbidden'),
  refused(400, 'Bad Request: SOMETHING_NEW', 'rejected'),
  refused(
    400,
    "Bad Request: chat actions can't be sent to channel direct messages chats",
    'unsupported',
  ),
  refused(403, 'Forbidden: bot was blocked by the user', 'forbidden'),
  refused(403, 'Forbidden: user is deactivated', 'forbidden'),
  refused(403, 'Forbidden: bot was kicked from the supergroup chat', 'forbidden'),
  refused(403, 'Forbidden: bot is not a member of the supergroup chat', 'forbidden'),
  refused(403, 'Forbidden: the group chat was deleted', 'forbidden'),
  {
    ...refused(429, 'Too Many Requests: retry after 7', 'rate-limited', { retry_after: 7 }),
    retryAfterMs: 7_000,
  },
  refused(500, 'Internal Server Error: restart', 'unavailable'),
  {
    name: '502 with a page',
    answer: { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad Gateway' },
    code: 'unavailable',
  },
  {
    name: '200 that is no success',
    answer: { status: 200, json: { ok: true, result: {} } },
    code: 'bad-response',
  },
];

const group = { id: chatId, type: 'supergroup', is_forum: true };
const person = { id: 42, type: 'private' };

/** Updates, and the chats or topics in which they are to be answered. */
const targetsIn: ProviderFacts<TelegramTarget>['targetsIn'] = [
  row({ message: { chat: person, text: 'Hi' } }, { chatId: 42 }),
  row({ message: { chat: group, message_thread_id: 17, is_topic_message: true } }, target),
  // General.
  row({ message: { chat: group, message_thread_id: 1, is_topic_message: true } }, { chatId }),
  // A thread of replies in a group without topics.
  row({ message: { chat: group, message_thread_id: 17 } }, { chatId }),
  row({ edited_message: { chat: person } }, { chatId: 42 }),
  row(
    { business_message: { chat: person, business_connection_id: 'AbC' } },
    { chatId: 42, businessConnectionId: 'AbC' },
  ),
  row({ callback_query: { id: '1', message: { chat: person } } }, { chatId: 42 }),
  // What the bot itself wrote for a business.
  row({ business_message: { chat: person, business_connection_id: 'A', sender_business_bot: {} } }),
  row({ channel_post: { chat: { id: -1, type: 'channel' } } }),
  row({ message: { chat: { id: -1, type: 'channel' } } }),
  row({ message: { chat: { ...group, is_direct_messages: true } } }),
  row({ message_reaction: { chat: person } }),
];

/** The press of the stop button under a draft. */
const inboundIn: ProviderFacts<TelegramTarget>['inboundIn'] = [
  {
    event: { update_id: 7, stopped_message_generation: { chat: person, draft_id: 1 } },
    events: [
      { state: 'stop-requested', target: { chatId: 42 }, eventId: '7', at: expect.any(Date) },
    ],
  },
  { event: { update_id: 8, message: { chat: person } }, events: [] },
];

const facts: ProviderFacts<TelegramTarget> = {
  create: ({ apiKey, ...transport }) => telegram({ botToken: apiKey, botId, ...transport }),
  credential: `${botId}:AAF-conformance_token`,
  address: () => telegramAddress({ botId }),
  target,
  otherTarget: { chatId, threadId: 18 },
  sameConversation: [{ chatId: '-1001234567890', threadId: 17 }],
  invalidTargets: [
    { chatId: 0 },
    { chatId: 1.5 },
    { chatId: '12 34' },
    { chatId: '@1bad' },
    { chatId, threadId: 0 },
    { chatId, threadId: 'General' },
    { chatId: '@group_name', businessConnectionId: 'AbC' },
  ],
  hidden: [String(chatId)],
  start: action('typing'),
  stop: 'expires',
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: (token) => `/bot${token}/getMe`,
        answer: { status: 200, json: { ok: true, result: { id: 123_456_789 } } },
      },
      {
        method: 'GET',
        path: (token) => `/bot${token}/getChat?chat_id=${chatId}`,
        answer: { status: 200, json: { ok: true, result: { id: chatId, type: 'supergroup' } } },
      },
      {
        method: 'GET',
        path: (token) => `/bot${token}/getChatMember?chat_id=${chatId}&user_id=123456789`,
        answer: {
          status: 200,
          json: { ok: true, result: { status: 'administrator', is_anonymous: true } },
        },
      },
    ],
    willShow: 'no',
    codes: ['account', 'unverified'],
  },
  targetsIn,
  inboundIn,
  failures,
  statuses: { 404: 'unauthenticated', 421: 'unauthenticated' },
};

describeTypingProvider('telegram', facts);
describeTypingProvider('telegram that cancels', {
  ...facts,
  create: ({ apiKey, ...transport }) =>
    telegram({ botToken: apiKey, botId, cancel: true, ...transport }),
  address: () => telegramAddress({ botId, cancel: true }),
  stop: action('cancel'),
});
describeTypingProvider('telegram with drafts', {
  ...facts,
  create: ({ apiKey, ...transport }) =>
    telegram({ botToken: apiKey, botId, draft: true, ...transport }),
  address: () => telegramAddress({ botId, draft: true }),
  target: { chatId: 5_458_290_847 },
  otherTarget: { chatId: 5_458_290_848 },
  sameConversation: [{ chatId: '5458290847' }],
  hidden: ['5458290847'],
  start: {
    method: 'POST',
    path: (token) => `/bot${token}/sendMessageDraft`,
    json: { chat_id: 5_458_290_847, draft_id: 1, text: '' },
    answer: accepted,
  },
  diagnose: undefined,
});

function refused(
  status: number,
  description: string,
  code: VendorFailure['code'],
  parameters?: object,
): VendorFailure {
  const json = { ok: false, error_code: status, description, ...(parameters && { parameters }) };
  return { name: `${status} ${description}`, answer: { status, json }, code };
}

function row(
  update: object,
  ...targets: TelegramTarget[]
): NonNullable<ProviderFacts<TelegramTarget>['targetsIn']>[number] {
  return { message: { update_id: 1, ...update }, targets };
}
