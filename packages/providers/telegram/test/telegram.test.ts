import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import { telegram, type TelegramTarget } from '../src/index.ts';

const botToken = '123456789:AAF-a_token_of_some_length';
const api = nock('https://api.telegram.org');
const ok = { ok: true, result: true };
const group = { id: -1_001_234_567_890, type: 'supergroup' };
const person = { id: 42, type: 'private' };

afterEach(() => {
  nock.cleanAll();
});

describe('what goes over the wire', () => {
  test.for<[what: string, options: object, target: TelegramTarget, body: nock.DataMatcherMap]>([
    ['a chat', {}, { chatId: 42 }, { chat_id: 42, action: 'typing' }],
    ['a public group', {}, { chatId: '@group' }, { chat_id: '@group', action: 'typing' }],
    [
      'a business connection',
      {},
      { chatId: 42, businessConnectionId: 'AbC' },
      { chat_id: 42, business_connection_id: 'AbC', action: 'typing' },
    ],
    [
      'a group, where drafts are on',
      { draft: true },
      { chatId: -42 },
      { chat_id: -42, action: 'typing' },
    ],
  ])('%s', async ([, options, target, body]) => {
    const scope = api.post(`/bot${botToken}/sendChatAction`, body).reply(200, ok);
    await telegram({ botToken, ...options }).start(target, {});
    expect(scope.isDone()).toBe(true);
  });

  test('a draft that can be stopped', async () => {
    const body = { chat_id: 42, draft_id: 1, text: '', can_stop: true };
    const scope = api.post(`/bot${botToken}/sendMessageDraft`, body).reply(200, ok);
    await telegram({ botToken, draft: true, stopButton: true }).start({ chatId: 42 }, {});
    expect(scope.isDone()).toBe(true);
  });

  test.for<[action: string, sent: string, notShown: readonly string[] | undefined]>([
    ['upload_photo', 'upload_photo', undefined],
    ['searches the web', 'typing', ['action']],
  ])('the action %j is %j', async ([action, sent, notShown]) => {
    api.post(`/bot${botToken}/sendChatAction`, { chat_id: 42, action: sent }).reply(200, ok);
    const receipt = await telegram({ botToken }).start({ chatId: 42 }, { action });
    expect(receipt.notShown).toEqual(notShown);
  });
});

test('the part of the token that is secret is in no error, even where it is quoted alone', async () => {
  const [, secret = ''] = botToken.split(':');
  const description = `Bad Request: no bot has ${secret}`;
  api.post(/sendChatAction/).reply(400, { ok: false, error_code: 400, description });
  const failure = telegram({ botToken }).start({ chatId: 42 }, {});
  await expect(failure).rejects.toThrow('Bad Request: no bot has …');
});

test('a bubble is the topic’s and the connection’s, a budget is the chat’s, a credential is the bot', () => {
  const { conversationKey, budgetKey, credentialKey } = telegram({ botToken });
  const targets: TelegramTarget[] = [
    { chatId: 42 },
    { chatId: 42, threadId: 2 },
    { chatId: 42, businessConnectionId: 'AbC' },
  ];
  expect(new Set(targets.map(conversationKey)).size).toBe(3);
  expect(new Set(targets.map((target) => budgetKey?.(target))).size).toBe(1);
  expect(credentialKey?.({ chatId: 42 })).toBe('123456789');
});

describe('a diagnosis', () => {
  test.for<
    [what: string, target: TelegramTarget, answers: Record<string, object>, codes: string[]]
  >([
    ['a channel', { chatId: -1 }, { getChat: { type: 'channel' } }, ['unsupported']],
    [
      'the bot was put out',
      { chatId: -1 },
      { getChat: group, getChatMember: { status: 'kicked' } },
      ['left', 'unverified'],
    ],
    [
      'the bot may not write',
      { chatId: -1 },
      { getChat: group, getChatMember: { status: 'restricted', can_send_messages: false } },
      ['forbidden', 'unverified'],
    ],
    [
      'all is well',
      { chatId: -1 },
      { getChat: group, getChatMember: { status: 'member' } },
      ['unverified'],
    ],
    [
      'a topic where there are none',
      { chatId: 42, threadId: 3 },
      { getChat: person },
      ['wrong-target', 'unverified'],
    ],
    [
      'a business that has switched the bot off',
      { chatId: 42, businessConnectionId: 'A' },
      { getBusinessConnection: { is_enabled: false, rights: {} } },
      ['account', 'forbidden', 'unverified'],
    ],
  ])('%s', async ([, target, answers, codes]) => {
    const all = { getMe: { id: 123_456_789, has_topics_enabled: false }, ...answers };
    for (const [method, result] of Object.entries(all)) {
      api.get(`/bot${botToken}/${method}`).query(true).reply(200, { ok: true, result });
    }
    const diagnosis = await telegram({ botToken }).diagnose?.(target, {});
    expect(diagnosis?.reasons.map(({ code }) => code)).toEqual(codes);
  });

  test('whoever may not read a group is not in it', async () => {
    api.get(`/bot${botToken}/getMe`).reply(200, { ok: true, result: { id: 1 } });
    const description = 'Forbidden: bot was kicked from the supergroup chat';
    api.get(/getChat/).reply(403, { ok: false, error_code: 403, description });
    const diagnosis = await telegram({ botToken }).diagnose?.({ chatId: -1 }, {});
    expect(diagnosis?.reasons[0]?.code).toBe('left');
  });
});
