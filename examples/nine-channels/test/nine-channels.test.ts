import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import {
  type BubbleInterval,
  type SimulatedVendor,
  type Simulator,
  startSimulator,
} from '@typingkit/simulator';
import { type VirtualClock, virtualClock } from '@typingkit/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Bot, startBot } from '../src/bot.ts';
import { picture, type Row } from './picture.ts';
import {
  type Connector,
  type Gateway,
  portOf,
  type SignatureChange,
  signers,
  startConnector,
  startGateway,
  webhookSecrets,
} from './platforms.ts';

const thinkMs = 20_000;
const appId = '11111111-2222-4333-8444-555555555555';

/** The name of each channel, as people know it. */
const labels = {
  imessage: 'iMessage',
  linkedin: 'LinkedIn',
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  messenger: 'Messenger',
  instagram: 'Instagram',
  slack: 'Slack',
  discord: 'Discord',
  teams: 'Teams',
} as const;
type Channel = keyof typeof labels;
const channels = Object.keys(labels) as Channel[];
/** The channels whose webhooks the test signs: Discord has none, and Linq's the simulator signs. */
type SignedHere = Exclude<Channel, 'discord' | 'imessage'>;

let simulator: Simulator;
let connector: Connector;
let gateway: Gateway;
let clock: VirtualClock;
let bot: Bot;
let server: ReturnType<typeof serve>;
let url: string;
/** The messages that the model was asked about. */
let asked: unknown[];
/** The requests of the bot that are under way. */
let underWay: Set<Promise<unknown>>;

beforeEach(async () => {
  simulator = await startSimulator({ speed: 0 });
  connector = await startConnector(appId);
  gateway = await startGateway();
  const environment = {
    ...Object.fromEntries(channels.flatMap((name) => Object.entries(vendorOf(name).environment))),
    ...webhookSecrets,
    BOT_CONNECTOR_KEYS_URL: connector.keysUrl,
    DISCORD_GATEWAY_URL: gateway.url,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);

  underWay = new Set();
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (...request: Parameters<typeof fetch>) => {
    const answer = fetch(...request);
    const settled = answer.catch(() => {}).finally(() => underWay.delete(settled));
    underWay.add(settled);
    return answer;
  });

  clock = virtualClock();
  asked = [];
  bot = startBot(
    (message) => {
      asked.push(message);
      return new Promise((resolve) => {
        clock.setTimer(() => resolve('Here it is.'), thinkMs);
      });
    },
    { clock, random: () => 0 },
  );
  server = serve({ fetch: bot.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  url = `http://127.0.0.1:${portOf(server.address())}/webhooks`;
  await vi.waitUntil(() => gateway.heard.length > 0, { timeout: 20_000 });
});
afterEach(async () => {
  await bot.close();
  server.close();
  await gateway[Symbol.asyncDispose]();
  await connector[Symbol.asyncDispose]();
  await simulator.close();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

function vendorOf(channel: Channel): SimulatedVendor {
  if (channel === 'imessage') return simulator.linq;
  return channel === 'linkedin' ? simulator.connectsafely : simulator[channel];
}

/** A person writes: the body of the webhook, and in which conversation it was. */
function written(channel: Channel): { readonly id: string; readonly body: string } {
  const vendor = vendorOf(channel);
  const { id } = vendor.createConversation();
  return { id, body: JSON.stringify(vendor.receiveMessage(id, 'Are you there?')) };
}

async function signed(
  channel: SignedHere,
  body: string,
  change?: SignatureChange,
): Promise<Readonly<Record<string, string>>> {
  return channel === 'teams' ? connector.sign(body, change) : signers[channel](body, change);
}

async function post(
  channel: Channel,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const response = await globalThis.fetch(`${url}/${channel}`, { method: 'POST', body, headers });
  return response.status;
}

/** A person writes on a channel, and the platform tells the bot. Answers the conversation. */
async function write(channel: Channel): Promise<string> {
  if (channel === 'imessage') subscribe(webhookSecrets.LINQ_WEBHOOK_SECRET);
  const { id, body } = written(channel);
  if (channel === 'discord') gateway.dispatch(JSON.parse(body) as object);
  else if (channel !== 'imessage') void post(channel, body, await signed(channel, body));
  return id;
}

function subscribe(signingSecret?: string): void {
  simulator.linq.webhooks.subscribe({ targetUrl: `${url}/imessage`, signingSecret });
}

/** Lets time pass, for the bot and for the platforms, which answer at once. */
async function pass(ms: number): Promise<void> {
  const stepMs = 50;
  await answered();
  for (let atMs = 0; atMs < ms; atMs += stepMs) {
    simulator.clock.advance(stepMs);
    await clock.advance(stepMs);
    await answered();
  }
}

/** Until no request of the bot is under way, nor about to be. */
async function answered(): Promise<void> {
  do {
    await Promise.all(underWay);
    await clock.advance(0);
  } while (underWay.size > 0);
}

/** What happened on a channel, with times from a moment on. */
function rowOf(channel: Channel, id: string, fromMs: number): Row {
  const vendor = vendorOf(channel);
  const taken = simulator
    .requests({ vendor: vendor.name })
    .filter(({ status }) => status !== null && status < 300);
  const times = (intent: string): number[] =>
    taken.filter((request) => request.intent === intent).map(({ atMs }) => atMs - fromMs);
  return {
    label: labels[channel],
    startsAtMs: times('start'),
    repliesAtMs: times('message'),
    seen: vendor.recipientView(id).map((bubble) => counted(bubble, fromMs)),
  };
}

function counted(bubble: BubbleInterval, zeroMs: number): BubbleInterval {
  const { fromMs, toMs } = bubble;
  return { ...bubble, fromMs: fromMs - zeroMs, toMs: toMs === null ? null : toMs - zeroMs };
}

describe('A bot on nine channels', () => {
  test('types while its model thinks, and answers, on all of them at once', async () => {
    const startedAtMs = simulator.clock.now();
    const ids = new Map<Channel, string>();
    for (const channel of channels) ids.set(channel, await write(channel));
    await expect.poll(() => asked.length).toBe(channels.length);
    await pass(thinkMs);

    const rows = channels.map((channel) => rowOf(channel, ids.get(channel) ?? '', startedAtMs));
    const everyMs = (ms: number): number[] =>
      Array.from({ length: Math.ceil(thinkMs / ms) }, (_, nth) => nth * ms);
    const starts = {
      imessage: [0],
      linkedin: everyMs(5_000),
      telegram: everyMs(4_000),
      whatsapp: [0],
      messenger: everyMs(15_000),
      instagram: everyMs(16_000),
      slack: [0],
      discord: everyMs(8_000),
      teams: everyMs(4_000),
    };
    // Where there is a stop, it is on its way together with the answer.
    const stops = new Set<Channel>(['imessage', 'messenger', 'instagram', 'slack']);
    expect(rows).toEqual(
      channels.map((channel) => ({
        label: labels[channel],
        startsAtMs: starts[channel],
        repliesAtMs: [thinkMs],
        seen: [
          {
            fromMs: 0,
            toMs: thinkMs,
            endedBy: expect.stringMatching(
              stops.has(channel) ? /^(?:stopped|message)$/ : /^message$/,
            ),
            ...(channel === 'slack' && { shows: 'is typing…' }),
          },
        ],
      })),
    );
    expect(simulator.whatsapp.unreadMessages(ids.get('whatsapp') ?? '')).toEqual([]);

    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    expect(readme, 'the picture in README.md').toContain(`\n${picture(rows)}\n`);
  });

  test.for<[SignedHere, string, SignatureChange]>([
    ['slack', 'six minutes ago', { seconds: Math.floor(Date.now() / 1000) - 360 }],
    ['slack', 'in six minutes', { seconds: Math.floor(Date.now() / 1000) + 360 }],
    ['teams', 'for another app', { aud: '22222222-2222-4333-8444-555555555555' }],
    ['teams', 'by another issuer', { iss: 'https://sts.windows.net/' }],
    ['teams', 'long ago', { expired: true }],
    ['teams', 'for another address', { serviceurl: 'https://example.com/' }],
    ['teams', 'with a key for other channels', { kid: 'unendorsed' }],
    ['teams', 'with a key that nobody has published', { kid: 'stranger' }],
  ])('does not believe what is signed on %s %s', async ([channel, , change]) => {
    const { id, body } = written(channel);
    expect(await post(channel, body, await signed(channel, body, change))).toBe(401);
    await expectNothing(channel, id);
  });

  test.for<SignedHere>([
    'instagram',
    'linkedin',
    'messenger',
    'slack',
    'teams',
    'telegram',
    'whatsapp',
  ])(
    'does not believe a webhook of %s that is unsigned, or signed with another secret',
    async (channel) => {
      const { id, body } = written(channel);
      const headers = Object.entries(await signed(channel, body));
      const forged = headers.map(([name, value]) => [name, value.replace(/.{4}$/, '0000')]);
      expect(await post(channel, body, {})).toBe(401);
      expect(await post(channel, body, Object.fromEntries(forged))).toBe(401);
      await expectNothing(channel, id);
      expect(await post(channel, 'not JSON', await signed(channel, '{}'))).toBe(
        channel === 'telegram' ? 400 : 401,
      );
    },
  );

  test('does not believe a webhook of Linq that is signed with another secret', async () => {
    subscribe();
    const { id } = written('imessage');
    await simulator.linq.webhooks.settled();
    expect(simulator.linq.webhooks.deliveries()).toMatchObject([{ status: 401 }]);
    await expectNothing('imessage', id);
  });

  test('answers once what a platform sends twice', async () => {
    const { body } = written('telegram');
    const headers = await signed('telegram', body);
    const posts = [post('telegram', body, headers), post('telegram', body, headers)];
    await expect.poll(() => asked.length).toBe(1);
    await pass(thinkMs);
    await Promise.all(posts);
    expect(await post('telegram', body, headers)).toBe(200);
    expect(asked).toHaveLength(1);
    expect(rowOf('telegram', simulator.telegram.conversations()[0]?.id ?? '', 0).seen).toHaveLength(
      1,
    );
  });

  test.for(['FACEBOOK', 'INSTAGRAM', 'WHATSAPP'] as const)(
    'tells Meta that this is its address: %s',
    async (product) => {
      const channel = product === 'FACEBOOK' ? 'messenger' : product.toLowerCase();
      const ask = (token: string): Promise<Response> =>
        globalThis.fetch(
          `${url}/${channel}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`,
        );
      const answer = await ask(webhookSecrets[`${product}_VERIFY_TOKEN`]);
      expect([answer.status, await answer.text()]).toEqual([200, '1158201444']);
      expect((await ask('guessed')).status).toBe(403);
    },
  );

  test('tells Slack that this is its address', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: '3eZbrw1a' });
    const headers = await signed('slack', body);
    const answer = await globalThis.fetch(`${url}/slack`, { method: 'POST', body, headers });
    expect([answer.status, await answer.text()]).toEqual([200, '3eZbrw1a']);
  });

  test('stays on the gateway of Discord, and hears its heartbeat asked for', async () => {
    await expect.poll(() => gateway.heard.map(({ op }) => op)).toContain(1);
    expect(gateway.heard[0]).toMatchObject({ op: 2, d: { token: simulator.discord.apiKey } });
  });
});

async function expectNothing(channel: Channel, id: string): Promise<void> {
  await pass(1_000);
  expect(asked).toEqual([]);
  expect(vendorOf(channel).history(id)).toEqual([]);
  expect(simulator.requests()).toEqual([]);
}
