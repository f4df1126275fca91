import { createTyping, type Typing } from '@typingkit/core';
import { discord, type DiscordTarget } from '@typingkit/discord';
import { startSimulator, type Simulator } from '@typingkit/simulator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let simulator: Simulator;
let typing: Typing<{ readonly discord: DiscordTarget }>;

beforeEach(async () => {
  simulator = await startSimulator();
  const { apiKey: botToken, baseUrl } = simulator.discord;
  typing = createTyping({ channels: { discord: discord({ botToken, baseUrl }) } });
});
afterEach(async () => {
  await typing.close({ deadlineMs: 0 });
  await simulator.close();
});

const starts = (): number => simulator.requests().filter(({ intent }) => intent === 'start').length;

describe('typingkit on Discord stays clear of a ban', () => {
  test('a session ends at its first 403', async () => {
    const { target } = simulator.discord.createConversation({ bot: 'without-permission' });
    const session = typing.keep('discord', target);
    await expect.poll(() => session.state).toBe('closed');
    expect(session.error).toMatchObject({ code: 'forbidden', vendorCode: '50013' });
    expect(starts()).toBe(1);
  });

  test('a token that is refused is rested in every channel', async () => {
    simulator.discord.configure({ apiKeys: ['another-token'] });
    for (const code of ['unauthenticated', 'unauthenticated']) {
      const { target } = simulator.discord.createConversation();
      await expect(typing.send('discord', target)).rejects.toMatchObject({ code });
    }
    expect(starts()).toBe(1);
  });

  test.for([
    ['rate-limited', 'accepted', 2],
    ['rate-limited-resource', 'accepted', 2],
    ['rate-limited-globally', 'rate-limited', 1],
    ['cloudflare-rate-limit', 'rate-limited', 1],
  ] as const)('after %s a start in another channel is %s', async ([failure, outcome, sent]) => {
    const [one, other] = [
      simulator.discord.createConversation(),
      simulator.discord.createConversation(),
    ];
    simulator.faults.add({ kind: 'failure', vendor: 'discord', failure, retryAfterSeconds: 30 });
    const startIn = (target: DiscordTarget): Promise<string> =>
      typing.send('discord', target).then(
        ({ status }) => status,
        ({ code }) => code,
      );
    expect(await startIn(one.target)).toBe('rate-limited');
    expect(await startIn(other.target)).toBe(outcome);
    expect(starts()).toBe(sent);
    expect(await startIn(one.target)).toBe('rate-limited');
    expect(starts()).toBe(sent);
  });
});

test('a page of Cloudflare ends no session', async () => {
  const { target } = simulator.discord.createConversation();
  simulator.faults.add({ kind: 'failure', vendor: 'discord', failure: 'cloudflare-ban' });
  const failed = new Promise((resolve) => {
    typing.observe((event) => {
      if (event.type === 'failed') resolve(event.error.code);
    });
  });
  const session = typing.keep('discord', target);
  expect(await failed).toBe('unavailable');
  expect(session.state).not.toBe('closed');
});

test.for([
  ['a channel', {}, ['unknown', 'unverified'], true],
  ['a direct message', { type: 'dm' }, ['unknown', 'unverified'], true],
  ['a thread', { type: 'thread' }, ['unknown', 'unverified'], true],
  [
    'an archived thread',
    { type: 'thread', isArchived: true },
    ['unknown', 'inactive-chat', 'unverified'],
    false,
  ],
  [
    'a locked thread',
    { type: 'thread', isLocked: true },
    ['unknown', 'forbidden', 'unverified'],
    false,
  ],
  ['a forum', { type: 'forum' }, ['no', 'wrong-target'], false],
  ['a server without the bot', { bot: 'not-a-member' }, ['no', 'left'], false],
  ['a channel to read', { bot: 'without-permission' }, ['unknown', 'unverified'], false],
] as const)('%s: what diagnose says is what is seen', async ([, options, verdict, isSeen]) => {
  const { id, target } = simulator.discord.createConversation(options);
  const { willShow, reasons } = await typing.diagnose('discord', target);
  expect([willShow, ...reasons.map(({ code }) => code)]).toEqual(verdict);
  await typing.send('discord', target).catch(() => undefined);
  expect(simulator.recipientView(id)).toHaveLength(isSeen ? 1 : 0);
});

test('what the gateway tells is a target to answer, and a person who types', async () => {
  const { id, target } = simulator.discord.createConversation();
  expect(typing.targetsIn('discord', simulator.discord.receiveMessage(id))).toEqual([target]);
  const told = simulator.discord.personTypes(id, 'started');
  for (const event of typing.inboundIn('discord', told)) typing.receive(event);
  expect(typing.isPeerTyping('discord', target)).toBe(true);
});
