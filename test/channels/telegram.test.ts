import { createTyping, type Typing } from '@typingkit/core';
import { startSimulator, type Simulator } from '@typingkit/simulator';
import { telegram, type TelegramTarget } from '@typingkit/telegram';
import { afterEach, beforeEach, expect, test } from 'vitest';

let simulator: Simulator;
let typing: Typing<{ readonly telegram: TelegramTarget }>;

beforeEach(async () => {
  simulator = await startSimulator();
  const { apiKey: botToken, baseUrl } = simulator.telegram;
  typing = createTyping({ channels: { telegram: telegram({ botToken, baseUrl }) } });
});
afterEach(async () => {
  await typing.close({ deadlineMs: 0 });
  await simulator.close();
});

const starts = (): number => simulator.requests().filter(({ intent }) => intent === 'start').length;

test.for([
  ['a private chat', {}, ['unknown', 'unverified'], true],
  ['a topic', { type: 'supergroup', messageThreadId: 17 }, ['unknown', 'unverified'], true],
  ['a business connection', { businessConnectionId: 'AbC' }, ['unknown', 'unverified'], true],
  [
    'an anonymous administrator',
    { type: 'supergroup', bot: 'anonymous-admin' },
    ['no', 'account', 'unverified'],
    false,
  ],
  [
    'a group to read',
    { type: 'supergroup', bot: 'read-only' },
    ['no', 'forbidden', 'unverified'],
    false,
  ],
  ['a group that put the bot out', { type: 'group', bot: 'kicked' }, ['no', 'left'], false],
  ['a channel', { type: 'channel' }, ['no', 'unsupported'], false],
  [
    'direct messages of a channel',
    { type: 'supergroup', isDirectMessages: true },
    ['no', 'unsupported'],
    false,
  ],
  ['a person who has blocked the bot', { bot: 'blocked' }, ['unknown', 'unverified'], false],
] as const)('%s: what diagnose says is what is seen', async ([, options, verdict, isSeen]) => {
  const { id, target } = simulator.telegram.createConversation(options);
  const { willShow, reasons } = await typing.diagnose('telegram', target);
  expect([willShow, ...reasons.map(({ code }) => code)]).toEqual(verdict);
  await typing.send('telegram', target).catch(() => undefined);
  expect(simulator.recipientView(id)).toHaveLength(isSeen ? 1 : 0);
});

test('all topics of a chat wait where one was limited, and other chats do not', async () => {
  const chatId = -1_001_234_567_890;
  const topics = [17, 18].map((messageThreadId) =>
    simulator.telegram.createConversation({ type: 'supergroup', chatId, messageThreadId }),
  );
  const other = simulator.telegram.createConversation();
  simulator.faults.add({ kind: 'failure', vendor: 'telegram', failure: 'rate-limited' });
  for (const { target } of topics) {
    await expect(typing.send('telegram', target)).rejects.toMatchObject({ code: 'rate-limited' });
  }
  await expect(typing.send('telegram', other.target)).resolves.toMatchObject({
    status: 'accepted',
  });
  expect(starts()).toBe(2);
});

test('what an update has is a target to answer', () => {
  for (const options of [
    {},
    { type: 'supergroup', messageThreadId: 17 },
    { businessConnectionId: 'AbC' },
  ] as const) {
    const { id, target } = simulator.telegram.createConversation(options);
    expect(typing.targetsIn('telegram', simulator.telegram.receiveMessage(id))).toEqual([target]);
  }
});

test('a press of the stop button under a draft aborts the session', async () => {
  const { apiKey: botToken, baseUrl } = simulator.telegram;
  await using drafting = createTyping({
    channels: { telegram: telegram({ botToken, baseUrl, draft: true, stopButton: true }) },
  });
  const { id, target } = simulator.telegram.createConversation();
  const session = drafting.keep('telegram', target);
  await expect.poll(() => simulator.recipientView(id)).toMatchObject([{ shows: 'Thinking…' }]);
  const update = simulator.telegram.stopDraft(id, 1);
  for (const event of drafting.inboundIn('telegram', update)) drafting.receive(event);
  expect(session.signal.aborted).toBe(true);
});
