import type { Simulator } from '@typingkit/simulator';
import { telegram, type TelegramTarget } from '@typingkit/telegram';
import { describe, expect, test } from 'vitest';
import { beganAtMs, failureOf, loadClients, stageFor, startsAt } from './witness.ts';

const names = ['grammy', 'telegraf', '@chat-adapter/telegram'] as const;

const stage = stageFor<TelegramTarget>('telegram');

describe.each(names)('%s on the simulated Telegram', (name) => {
  test.for([
    ['a private chat', {}],
    ['a topic', { type: 'supergroup', messageThreadId: 17 }],
  ] as const)('is seen typing in %s, and sends what our adapter sends', async ([, options]) => {
    const { id, chatId, messageThreadId } = stage.simulator.telegram.createConversation(options);
    const target: TelegramTarget = { chatId, threadId: messageThreadId ?? undefined };
    await stage.witness(name).start(target);
    stage.passes(60_000);
    expect(stage.simulator.recipientView(id)).toEqual([
      { fromMs: beganAtMs, toMs: beganAtMs + 5_500, endedBy: 'expired' },
    ]);

    const { apiKey: botToken, baseUrl } = stage.simulator.telegram;
    await telegram({ botToken, baseUrl }).start(target, {});
    const [theirs, ours] = startsAt(stage.simulator, 'telegram');
    // The Chat SDK writes the id as a string, which Telegram takes, too.
    const isString = name === '@chat-adapter/telegram';
    expect(theirs).toEqual({
      ...ours,
      body: { ...Object(ours?.body), chat_id: isString ? String(chatId) : chatId },
    });
  });
});

test('a draft of grammY is seen as thinking, and is what our adapter sends', async () => {
  type Draft = (vendor: Simulator['telegram'], chatId: number, draftId: number) => Promise<unknown>;
  const { draft } = await loadClients<{ readonly draft: Draft }>('telegram');
  const { id, chatId } = stage.simulator.telegram.createConversation();
  const { apiKey: botToken, baseUrl } = stage.simulator.telegram;
  await telegram({ botToken, baseUrl, draft: true }).start({ chatId }, {});
  stage.passes(60_000);
  const [ours] = startsAt(stage.simulator, 'telegram');
  await draft(stage.simulator.telegram, chatId, Object(ours?.body).draft_id);
  stage.passes(60_000);
  const [byUs, byGrammy] = stage.simulator.recipientView(id);
  expect(byGrammy).toEqual({
    fromMs: beganAtMs + 60_000,
    toMs: beganAtMs + 90_000,
    endedBy: 'expired',
    shows: byUs?.shows,
  });
  expect(startsAt(stage.simulator, 'telegram')[1]).toEqual(ours);
});

describe('the errors of the simulated Telegram, as each reads them', () => {
  const said = 'Forbidden: bot was blocked by the user';

  test.for([
    ['grammy', { class: 'GrammyError', error_code: 403, description: said }],
    ['telegraf', { class: 'TelegramError', response: { error_code: 403, description: said } }],
    ['@chat-adapter/telegram', { class: 'PermissionError', adapter: 'telegram' }],
  ] as const)('%s: the person has blocked the bot', async ([name, expected]) => {
    const { chatId } = stage.simulator.telegram.createConversation({ bot: 'blocked' });
    expect(await failureOf(stage.witness(name).start({ chatId }))).toMatchObject(expected);
  });

  test.for([
    ['grammy', { class: 'GrammyError', error_code: 429, parameters: { retry_after: 7 } }],
    ['telegraf', { class: 'TelegramError', response: { parameters: { retry_after: 7 } } }],
    ['@chat-adapter/telegram', { class: 'AdapterRateLimitError', retryAfter: 7 }],
  ] as const)('%s: too many requests', async ([name, expected]) => {
    const { chatId } = stage.simulator.telegram.createConversation();
    stage.simulator.faults.add({
      kind: 'failure',
      vendor: 'telegram',
      failure: 'rate-limited',
      retryAfterSeconds: 7,
    });
    expect(await failureOf(stage.witness(name).start({ chatId }))).toMatchObject(expected);
  });

  test.for([
    ['grammy', { class: 'GrammyError', error_code: 401 }],
    ['telegraf', { class: 'TelegramError', response: { error_code: 401 } }],
    ['@chat-adapter/telegram', { class: 'AuthenticationError' }],
  ] as const)('%s: the token is another', async ([name, expected]) => {
    const { chatId } = stage.simulator.telegram.createConversation();
    const start = stage.witness(name, '1:another-token').start({ chatId });
    expect(await failureOf(start)).toMatchObject(expected);
  });
});
