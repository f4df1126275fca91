import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createTyping } from '@typingkit/core';
import { teams, type TeamsTarget } from '@typingkit/teams';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { installApart } from '../../scripts/install-apart.ts';

const emulatorFolder = fileURLToPath(new URL('../witnesses/teams-emulator/', import.meta.url));
const atTheEnd = new AsyncDisposableStack();
/** What the page in the browser is told: it shows that the bot types, and what the bot says. */
const screen: { readonly action: string; readonly actionConversationId: string }[] = [];
/** The activities that the bot got. */
const activities: unknown[] = [];
let origin: string;
let serviceHost: string;
let person: { readonly id: string };
let bot: { readonly id: string };
let conversations: Readonly<Record<'personal' | 'groupChat' | 'channel', string>>;

beforeAll(async () => {
  await installApart(emulatorFolder);
  const botUrl = await startBot();
  await startEmulator(botUrl);
  const { config } = Object(await (await fetch(`${origin}/_internal/v1/config`)).json());
  person = config.currentUser;
  bot = config.bot;
  conversations = {
    personal: config.personalChat.id,
    groupChat: config.groupChats[0].id,
    channel: config.teams[0].channels[0].id,
  };
  const socket = new WebSocket(
    `${origin.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`,
  );
  atTheEnd.defer(() => socket.close());
  socket.addEventListener('message', ({ data }) => screen.push(JSON.parse(String(data))));
  await once(socket, 'open');
}, 120_000);

afterAll(() => atTheEnd.disposeAsync());

describe("a bot in Microsoft's own emulator of Teams", () => {
  test.for(['personal', 'groupChat'] as const)(
    'is seen typing in a conversation that is %s, until it answers',
    async (kind) => {
      const activity = await personWrites(kind);
      await using typing = createTyping({ channels: { teams: provider() } });
      const [target] = typing.targetsIn('teams', activity);
      if (!target) throw new Error('There is no target.');
      screen.length = 0;
      await typing.with('teams', target, async () => {
        await expect.poll(() => screen).toHaveLength(1);
        await answers(target);
      });
      await expect.poll(() => screen.length).toBe(2);
      expect(screen.map(({ action }) => action)).toEqual(['typing', 'createMessage']);
      expect(screen.map(({ actionConversationId }) => actionConversationId)).toEqual([
        conversations[kind],
        conversations[kind],
      ]);
      expect(await provider().diagnose?.(target, {})).toMatchObject({ willShow: 'yes' });
    },
  );

  test('asks nothing of the channel of a team, whose thread is in the id', async () => {
    const activity = await personWrites('channel');
    const [target] = provider().targetsIn?.(activity) ?? [];
    expect(target?.conversationId).toContain(';messageid=');
    screen.length = 0;
    const start = provider().start(target ?? { conversationId: '' }, {});
    await expect(start).rejects.toMatchObject({ code: 'unsupported' });
    await forced().start(target ?? { conversationId: '' }, {});
    // Unlike Teams, the emulator shows what it gets.
    await expect.poll(() => screen.length).toBe(1);
  });

  test('is told what is wrong', async () => {
    const target = { conversationId: 'a:unknown', serviceUrl: `${origin}/_connector` };
    await expect(provider().start(target, {})).rejects.toMatchObject({
      code: 'not-found',
      vendorCode: 'ConversationNotFound',
    });
    const elsewhere = teams({ accessToken: 'token' }).start(target, {});
    await expect(elsewhere).rejects.toMatchObject({ code: 'invalid-target' });
  });
});

const provider = () => teams({ accessToken: 'any', serviceHosts: [serviceHost] });
const forced = () => teams({ accessToken: 'any', serviceHosts: [serviceHost], teamChannels: true });

/** Answers the activity that the bot gets. */
async function personWrites(kind: keyof typeof conversations): Promise<unknown> {
  activities.length = 0;
  const text = '<at>Bot</at> Hi';
  const path = `/_conversation/v1/conversations/${conversations[kind]}/messages`;
  const response = await postJson(`${origin}${path}`, {
    from: { id: person.id },
    text,
    textFormat: 'plain',
    mentions: [{ mentioned: { id: bot.id }, text: '<at>Bot</at>' }],
  });
  expect(response.status).toBe(200);
  await expect.poll(() => activities).toHaveLength(1);
  return activities[0];
}

async function answers({ conversationId, serviceUrl = '' }: TeamsTarget): Promise<void> {
  const path = `/v3/conversations/${encodeURIComponent(conversationId)}/activities`;
  await postJson(`${serviceUrl}${path}`, { type: 'message', text: 'Hello' });
}

function postJson(url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer any' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** The messaging endpoint of a bot. */
async function startBot(): Promise<string> {
  const server = createServer((request, response) => {
    void json(request)
      // The emulator looks first whether anybody is there, without a body.
      .then(
        (activity) => activities.push(activity),
        () => undefined,
      )
      .finally(() => response.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atTheEnd.defer(() => server.closeAllConnections());
  atTheEnd.defer(() => void server.close());
  return `http://127.0.0.1:${String(portOf(server.address()))}/api/messages`;
}

async function startEmulator(botUrl: string): Promise<void> {
  const port = await freePort();
  serviceHost = `localhost:${String(port)}`;
  origin = `http://${serviceHost}`;
  // It opens a browser, and fails where there is nothing to open one with.
  const bin = await mkdtemp(join(tmpdir(), 'typingkit-no-browser-'));
  atTheEnd.defer(() => rm(bin, { recursive: true, force: true }));
  await writeFile(join(bin, 'xdg-open'), '#!/bin/sh\n', { mode: 0o755 });
  const child = spawn(
    process.execPath,
    [
      join(emulatorFolder, 'node_modules/@microsoft/m365agentsplayground/cli.js'),
      `--app-endpoint=${botUrl}`,
      '--channel-id=msteams',
      `--port=${String(port)}`,
      '--disable-telemetry',
    ],
    {
      stdio: 'ignore',
      env: { ...process.env, PATH: [bin, process.env['PATH']].join(delimiter) },
    },
  );
  atTheEnd.defer(async () => {
    child.kill();
    if (child.exitCode === null) await once(child, 'exit');
  });
  await vi.waitFor(async () => expect((await fetch(origin)).ok).toBe(true), { timeout: 60_000 });
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server.address());
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address ? address.port : 0;
}
