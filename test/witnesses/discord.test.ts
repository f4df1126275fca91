import { discord, discordAddress, type DiscordTarget } from '@typingkit/discord';
import { describe, expect, test } from 'vitest';
import { beganAtMs, failureOf, loadClients, stageFor, startsAt } from './witness.ts';

const names = ['@discordjs/rest', '@chat-adapter/discord'] as const;

const stage = stageFor<DiscordTarget>('discord', {
  // The Chat SDK sends none, against what Discord asks for.
  discord: { requiresUserAgent: false },
});

describe.each(names)('%s on the simulated Discord', (name) => {
  test.for([
    ['a channel', {}],
    ['a direct message', { type: 'dm' }],
    ['a channel with slow mode', { slowModeSeconds: 5 }],
  ] as const)('is seen typing in %s, and sends what our adapter sends', async ([, options]) => {
    const { id, target } = stage.simulator.discord.createConversation(options);
    await stage.witness(name).start(target);
    stage.passes(60_000);
    expect(stage.simulator.recipientView(id)).toEqual([
      { fromMs: beganAtMs, toMs: beganAtMs + 10_000, endedBy: 'expired' },
    ]);

    const { apiKey: botToken, baseUrl } = stage.simulator.discord;
    await discord({ botToken, baseUrl }).start(target, {});
    const [theirs, ours] = startsAt(stage.simulator, 'discord');
    expect(theirs).toEqual(ours);
  });
});

test.for([
  ['@discordjs/rest', 'arrives'],
  ['@chat-adapter/discord', 'is refused'],
] as const)('where a User-Agent is mandatory, %s %s', async ([name, outcome]) => {
  stage.simulator.discord.configure({ requiresUserAgent: true });
  const { id, target } = stage.simulator.discord.createConversation();
  await stage
    .witness(name)
    .start(target)
    .catch(() => undefined);
  expect(stage.simulator.recipientView(id)).toHaveLength(outcome === 'arrives' ? 1 : 0);
});

test('what discord.js hands on is read as what the gateway sent', async () => {
  const { handOn } = await loadClients<{ handOn(dispatch: object): unknown }>('discord');
  const { id, target } = stage.simulator.discord.createConversation({ type: 'dm' });
  const { targetsIn, inboundIn } = discordAddress();
  const message = stage.simulator.discord.receiveMessage(id);
  const typing = stage.simulator.discord.personTypes(id, 'started') ?? {};
  expect(targetsIn?.(handOn(message))).toEqual([target]);
  expect(targetsIn?.(message)).toEqual([target]);
  expect(inboundIn?.(handOn(typing))).toMatchObject([{ state: 'started', target }]);
  expect(inboundIn?.(handOn(typing))).toEqual(inboundIn?.(typing));
  expect(targetsIn?.(handOn(typing))).toEqual([]);
  expect(inboundIn?.(handOn(message))).toEqual([]);
});

/** The Chat SDK puts whatever it is into one class. */
const networkError = (status: number, code?: number): object => ({
  class: 'NetworkError',
  originalError: { status, code },
});

describe('the errors of the simulated Discord, as each reads them', () => {
  test.for<[failure: string, name: string, expected: object]>([
    ['missing-access', '@discordjs/rest', { class: 'DiscordAPIError', status: 403, code: 50_001 }],
    ['missing-access', '@chat-adapter/discord', networkError(403, 50_001)],
    ['unauthorized', '@discordjs/rest', { class: 'DiscordAPIError', status: 401, code: 0 }],
    ['unauthorized', '@chat-adapter/discord', networkError(401, 0)],
    ['unknown-channel', '@discordjs/rest', { class: 'DiscordAPIError', code: 10_003 }],
    ['unknown-channel', '@chat-adapter/discord', networkError(404, 10_003)],
    // It rounds up, and adds 50 ms of its own.
    [
      'rate-limited',
      '@discordjs/rest',
      {
        class: 'RateLimitError',
        scope: 'user',
        global: false,
        retryAfter: 7_050,
      },
    ],
    [
      'rate-limited-globally',
      '@discordjs/rest',
      { class: 'RateLimitError', scope: 'global', global: true, retryAfter: 7_050 },
    ],
    ['rate-limited-resource', '@discordjs/rest', { class: 'RateLimitError', scope: 'shared' }],
    ['rate-limited', '@chat-adapter/discord', networkError(429)],
    ['server-error', '@discordjs/rest', { class: 'HTTPError', status: 500 }],
    // Not an error of Discord's: it has no code.
    ['cloudflare-ban', '@discordjs/rest', { status: 403, code: undefined, rawError: {} }],
    ['cloudflare-ban', '@chat-adapter/discord', networkError(403)],
  ])('%s: %s', async ([failure, name, expected]) => {
    const { target } = stage.simulator.discord.createConversation();
    stage.simulator.faults.add({
      kind: 'failure',
      vendor: 'discord',
      failure,
      retryAfterSeconds: 7,
    });
    expect(await failureOf(stage.witness(name).start(target))).toMatchObject(expected);
  });
});
