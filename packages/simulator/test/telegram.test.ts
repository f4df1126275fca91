import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator } from '../src/index.ts';
import type { TelegramChatOptions } from '../src/vendors/telegram/chats.ts';
import { call } from './vendor-calls.ts';
import type { Answer } from './vendor-calls.ts';

const START = Date.UTC(2026, 10, 20, 12);
let simulator: Simulator;
let nowMs: number;

beforeEach(async () => {
  nowMs = START;
  simulator = await startSimulator({ now: () => nowMs });
});
afterEach(async () => {
  await simulator.close();
});

function ask(method: string, fields: object, token = simulator.telegram.apiKey): Promise<Answer> {
  return call(`${simulator.telegram.baseUrl}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
}

function types(chatId: number | string, more: object = {}): Promise<Answer> {
  return ask('sendChatAction', { chat_id: chatId, action: 'typing', ...more });
}

function refusal(status: number, description: string, parameters?: object): object {
  const json = { ok: false, error_code: status, description };
  return { status, json: parameters === undefined ? json : { ...json, parameters } };
}

describe('sendChatAction of Telegram', () => {
  it.each(['number', 'string'] as const)('takes a chat id that is a %s', async (type) => {
    const { chatId, id } = simulator.telegram.createConversation({ type: 'supergroup' });
    expect(id).toMatch(/^-100\d+$/);
    const answer = await types(type === 'number' ? chatId : String(chatId));
    expect(answer).toMatchObject({ status: 200, json: { ok: true, result: true } });
    nowMs += 60_000;
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 5500, endedBy: 'expired' },
    ]);
  });

  it('takes a form, a query, any case of the method, and the path of the test servers', async () => {
    const { chatId, id } = simulator.telegram.createConversation();
    const { baseUrl, apiKey } = simulator.telegram;
    const fields = new URLSearchParams({ chat_id: String(chatId), action: 'TYPING' });
    const form = { method: 'POST', body: fields };
    const asForm = await call(`${baseUrl}/bot${apiKey}/SENDCHATACTION`, form);
    const asQuery = await call(`${baseUrl}/bot${apiKey}/test/sendChatAction?${fields.toString()}`);
    expect([asForm.status, asQuery.status]).toEqual([200, 200]);
    expect(simulator.history(id)).toHaveLength(2);
  });

  it('shows a bubble for each topic and each business connection', async () => {
    const { telegram } = simulator;
    const chatId = -1001234567890;
    const general = telegram.createConversation({ type: 'supergroup', chatId });
    const topic = telegram.createConversation({ type: 'supergroup', chatId, messageThreadId: 17 });
    const business = telegram.createConversation({ chatId: 42, businessConnectionId: 'abc' });
    await types(chatId, { message_thread_id: 17 });
    await types(chatId, { message_thread_id: -1 });
    await types(42, { business_connection_id: 'abc', message_thread_id: 9 });
    expect([general.id, topic.id, business.id]).toEqual([
      '-1001234567890',
      '-1001234567890/17',
      '42@abc',
    ]);
    for (const { id } of [general, topic, business]) {
      expect(telegram.recipientView(id)).toHaveLength(1);
    }
  });

  it('finds a supergroup by its username, and no person', async () => {
    simulator.telegram.createConversation({ type: 'supergroup', username: 'ada_group' });
    simulator.telegram.createConversation({ username: 'ada' });
    expect(await types('@ada_group')).toMatchObject({ status: 200 });
    expect(await types('@ada')).toMatchObject(refusal(400, 'Bad Request: chat not found'));
  });

  it('extends a bubble that is up, and shows what another action says', async () => {
    const { chatId, id } = simulator.telegram.createConversation();
    await types(chatId);
    nowMs += 4000;
    await types(chatId);
    nowMs += 4000;
    await types(chatId, { action: 'upload_photo' });
    nowMs += 60_000;
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 8000, endedBy: 'replaced' },
      { fromMs: START + 8000, toMs: START + 13_500, endedBy: 'expired', shows: 'upload_photo' },
    ]);
  });

  it('ends with a message of the bot in the same topic, and with `cancel`', async () => {
    const chatId = -1001234567890;
    const topic = { type: 'supergroup', chatId, messageThreadId: 17 } as const;
    const { id } = simulator.telegram.createConversation(topic);
    const thread = { message_thread_id: 17 };
    await types(chatId, thread);
    nowMs += 1000;
    const message = { chat_id: chatId, text: 'Hi', ...thread };
    expect(await ask('sendMessage', message)).toMatchObject({
      status: 200,
      json: { ok: true, result: { chat: { id: chatId, is_forum: true }, text: 'Hi' } },
    });
    await types(chatId, thread);
    nowMs += 1000;
    await types(chatId, { ...thread, action: 'cancel' });
    expect(simulator.recipientView(id)).toMatchObject([
      { endedBy: 'message' },
      { endedBy: 'stopped' },
    ]);
    expect(simulator.requests().map(({ intent }) => intent)).toEqual([
      'start',
      'message',
      'start',
      'stop',
    ]);
  });

  it.each<[string, TelegramChatOptions, string]>([
    [
      'an anonymous administrator',
      { type: 'supergroup', bot: 'anonymous-admin' },
      'anonymous-admin',
    ],
    ['a channel', { type: 'channel' }, 'channel'],
    ['a bot to a bot', { peer: 'bot' }, 'peer-is-bot'],
    ['a deleted account', { peer: 'deleted' }, 'peer-is-deleted'],
  ])('accepts and shows nothing: %s', async (_title, options, reason) => {
    const { chatId, id } = simulator.telegram.createConversation(options);
    expect(await types(chatId)).toMatchObject({ status: 200, json: { ok: true } });
    expect(simulator.recipientView(id)).toEqual([]);
    expect(simulator.history(id)).toMatchObject([{ kind: 'start', hiddenBecause: reason }]);
    expect(simulator.telegram.silences).toHaveProperty(reason);
  });

  it.each<[TelegramChatOptions, object]>([
    [{ bot: 'blocked' }, refusal(403, 'Forbidden: bot was blocked by the user')],
    [{ bot: 'deactivated' }, refusal(403, 'Forbidden: user is deactivated')],
    [
      { type: 'group', bot: 'kicked' },
      refusal(403, 'Forbidden: bot was kicked from the group chat'),
    ],
    [
      { type: 'channel', bot: 'left' },
      refusal(403, 'Forbidden: bot is not a member of the channel chat'),
    ],
    [
      { type: 'group', bot: 'group-deleted' },
      refusal(403, 'Forbidden: the group chat was deleted'),
    ],
    [
      { type: 'supergroup', bot: 'read-only' },
      refusal(400, 'Bad Request: have no write access to the chat'),
    ],
    [
      { type: 'group', bot: 'upgraded', migrateToChatId: -1005 },
      refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: -1005,
      }),
    ],
    [
      { type: 'supergroup', isDirectMessages: true },
      refusal(400, "Bad Request: chat actions can't be sent to channel direct messages chats"),
    ],
  ])('refuses a chat that is %j', async (options, expected) => {
    const { chatId, id } = simulator.telegram.createConversation(options);
    expect(await types(chatId)).toMatchObject(expected);
    expect(simulator.recipientView(id)).toEqual([]);
  });

  it.each<[object, object]>([
    [{}, refusal(400, 'Bad Request: wrong parameter action in request')],
    [
      { chat_id: 42, action: 'dancing' },
      refusal(400, 'Bad Request: wrong parameter action in request'),
    ],
    [{ action: 'typing' }, refusal(400, 'Bad Request: chat_id is empty')],
    [{ chat_id: 1, action: 'typing' }, refusal(400, 'Bad Request: chat not found')],
    [
      { chat_id: '@ada', action: 'typing', business_connection_id: 'abc' },
      refusal(400, 'Bad Request: chat identifier must be a valid Integer'),
    ],
    [
      { chat_id: 42, action: 'typing', business_connection_id: 'abc' },
      refusal(400, 'Bad Request: business connection not found'),
    ],
  ])('refuses %j', async (fields, expected) => {
    expect(await ask('sendChatAction', fields)).toMatchObject(expected);
  });

  it.each<[string, string, object]>([
    ['1:unknown', 'sendChatAction', refusal(401, 'Unauthorized')],
    ['no-token', 'sendChatAction', refusal(401, 'Unauthorized: invalid token specified')],
    ['0:zero', 'sendChatAction', refusal(401, 'Unauthorized: invalid token specified')],
  ])('refuses the token %s', async (token, method, expected) => {
    expect(await ask(method, {}, token)).toMatchObject(expected);
  });

  it('answers 404 for a wrong base URL and an unknown method', async () => {
    const { baseUrl } = simulator.telegram;
    expect(await call(`${baseUrl}/sendChatAction`)).toMatchObject(refusal(404, 'Not Found'));
    expect(await ask('dance', {})).toMatchObject(refusal(404, 'Not Found: method not found'));
  });

  it('counts the topics of a chat together where there is a limit', async () => {
    simulator.telegram.configure({ rateLimit: { requests: 1, perMs: 7000 } });
    const { chatId } = simulator.telegram.createConversation({ type: 'supergroup' });
    await types(chatId);
    const limited = await types(chatId, { message_thread_id: 5 });
    expect(limited).toMatchObject(
      refusal(429, 'Too Many Requests: retry after 7', { retry_after: 7 }),
    );
    expect(limited.headers.get('retry-after')).toBe('7');
  });

  it('answers each documented failure on demand', async () => {
    const { chatId, id } = simulator.telegram.createConversation();
    for (const failure of simulator.telegram.failures) {
      simulator.faults.clear();
      // `fetch` itself asks again after a 421.
      simulator.faults.add({ kind: 'failure', vendor: 'telegram', failure, times: 'forever' });
      const { status, json, headers } = await types(chatId);
      expect(status).toBeGreaterThanOrEqual(400);
      const isHtml = headers.get('content-type') === 'text/html';
      const said = isHtml ? { ok: false, error_code: status } : json;
      expect(said).toMatchObject({ ok: false, error_code: status });
    }
    expect(simulator.recipientView(id)).toEqual([]);
  });
});

describe('A draft of Telegram', () => {
  it('says "Thinking…" for 30 seconds, then the text, and ends with the message', async () => {
    const { chatId, id } = simulator.telegram.createConversation();
    await ask('sendMessageDraft', { chat_id: chatId, draft_id: 7, text: '' });
    nowMs += 10_000;
    await ask('sendMessageDraft', { chat_id: chatId, draft_id: 7, text: 'Here' });
    nowMs += 20_000;
    await ask('sendMessage', { chat_id: chatId, text: 'Here it is' });
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 10_000, endedBy: 'replaced', shows: 'Thinking…' },
      { fromMs: START + 10_000, toMs: START + 30_000, endedBy: 'message', shows: 'Here' },
    ]);
  });

  it('exists in private chats only, and its id is not 0', async () => {
    const { chatId } = simulator.telegram.createConversation();
    const group = simulator.telegram.createConversation({ type: 'group' });
    expect(await ask('sendMessageDraft', { chat_id: chatId, draft_id: 0 })).toMatchObject({
      status: 400,
    });
    expect(await ask('sendMessageDraft', { chat_id: group.chatId, draft_id: 1 })).toMatchObject({
      status: 400,
    });
  });

  it('can be stopped by the person, which the bot is told', async () => {
    const { chatId, id } = simulator.telegram.createConversation();
    await ask('sendMessageDraft', { chat_id: chatId, draft_id: 7, can_stop: true });
    nowMs += 1000;
    expect(simulator.telegram.stopDraft(id, 7)).toMatchObject({
      stopped_message_generation: { chat: { id: chatId }, draft_id: 7 },
    });
    expect(simulator.recipientView(id)).toMatchObject([{ endedBy: 'stopped' }]);
  });
});

describe('What Telegram tells of a chat', () => {
  it('is an update for each message, with a topic only where there is one', () => {
    const { telegram } = simulator;
    const topic = telegram.createConversation({ type: 'supergroup', messageThreadId: 17 });
    const business = telegram.createConversation({ businessConnectionId: 'abc' });
    expect(telegram.receiveMessage(topic.id, 'Hello')).toMatchObject({
      update_id: 1,
      message: { message_thread_id: 17, is_topic_message: true, text: 'Hello' },
    });
    expect(telegram.receiveMessage(business.id)).toMatchObject({
      business_message: { business_connection_id: 'abc', chat: { id: business.chatId } },
    });
  });

  it('is what its getters say', async () => {
    const { chatId } = simulator.telegram.createConversation({
      type: 'supergroup',
      bot: 'anonymous-admin',
    });
    simulator.telegram.createConversation({ businessConnectionId: 'abc' });
    const result = (answer: Answer): unknown => answer.json;
    expect(result(await ask('getMe', {}))).toMatchObject({ result: { id: 424_242, is_bot: true } });
    expect(result(await ask('getChat', { chat_id: chatId }))).toMatchObject({
      result: { id: chatId, type: 'supergroup' },
    });
    expect(result(await ask('getChatMember', { chat_id: chatId, user_id: 424_242 }))).toMatchObject(
      {
        result: { status: 'administrator', is_anonymous: true },
      },
    );
    expect(
      result(await ask('getBusinessConnection', { business_connection_id: 'abc' })),
    ).toMatchObject({ result: { is_enabled: true, rights: { can_reply: true } } });
  });

  it('is changed by what happens to the bot', async () => {
    const { chatId, id } = simulator.telegram.createConversation();
    expect(simulator.telegram.changeConversation(id, { bot: 'blocked' })).toMatchObject({
      id,
      bot: 'blocked',
    });
    expect(await types(chatId)).toMatchObject({ status: 403 });
  });
});

describe('A bot of Telegram', () => {
  it('sends its message with the request that the simulator knows', async () => {
    const { telegram } = simulator;
    const { id } = telegram.createConversation({ type: 'supergroup', messageThreadId: 17 });
    const { url, ...init } = telegram.messageRequest(id, 'Done');
    expect(await call(url, init)).toMatchObject({ status: 200 });
    expect(simulator.history(id)).toMatchObject([{ kind: 'message' }]);
  });

  it('leaves no token in the log', async () => {
    const { chatId, id } = simulator.telegram.createConversation();
    await types(chatId);
    expect(JSON.stringify(simulator.requests())).not.toContain('telegram-simulator-token');
    expect(simulator.requests({ vendor: 'telegram' })).toMatchObject([
      { path: '/telegram/bot[redacted]/sendChatAction', conversation: id, intent: 'start' },
    ]);
  });
});
