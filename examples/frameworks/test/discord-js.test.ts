import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createBot } from '../src/discord-js.ts';
import { patience, type Stage, test, thinkMs } from './stage.ts';

const user = { id: '1234567890123456780', username: 'bot', discriminator: '0000', bot: true };

/** Discord's gateway, which tells a bot what happens. @returns where, and tells every bot that is ready. */
async function startGateway(stage: Stage) {
  const ready = new Set<WebSocket>();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  stage.atEnd(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  // It listens on a port, which is neither a pipe nor nothing.
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('connection', (socket) => {
    const send = (event: object): void => socket.send(JSON.stringify(event));
    socket.on('message', (data: Buffer) => {
      const { op } = JSON.parse(data.toString()) as { op: number };
      if (op === 1) send({ op: 11 });
      if (op !== 2) return;
      const session = { session_id: '1', resume_gateway_url: url };
      const d = { v: 10, user, guilds: [], application: { id: user.id, flags: 0 }, ...session };
      send({ op: 0, t: 'READY', s: 1, d });
      ready.add(socket);
    });
    send({ op: 10, d: { heartbeat_interval: 41_250 } });
  });
  return {
    url,
    ready,
    /** By `channel_type`, which Discord sends and does not document, discord.js knows a direct message. */
    dispatch(event: object): void {
      const d = { ...Object(Reflect.get(event, 'd')), channel_type: 1 };
      for (const socket of ready) socket.send(JSON.stringify({ ...event, d, op: 0, s: 2 }));
    },
  };
}

describe('a bot on Discord with discord.js', () => {
  test('types from the message on, until its reply', async ({ stage }) => {
    const { discord } = stage.simulator;
    const gateway = await startGateway(stage);
    const limits = { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 };
    const url = await stage.forward(discord.baseUrl.replace(/\/v10$/, ''), ({ url: path }) =>
      path === '/v10/gateway/bot'
        ? { url: gateway.url, shards: 1, session_start_limit: limits }
        : undefined,
    );
    stage.setEnvironment({ DISCORD_API_URL: `${url}/v10` });
    const bot = createBot(stage.think);
    stage.atEnd(() => bot.destroy());
    await bot.login(discord.apiKey);
    await expect.poll(() => bot.isReady(), patience).toBe(true);

    const { id } = discord.createConversation({ type: 'dm' });
    gateway.dispatch(discord.receiveMessage(id, 'Where is my order?'));
    expect(await stage.messages(id)).toEqual([thinkMs]);
    expect(stage.asked).toEqual(['Where is my order?']);
    await stage.pass(11_000);
    expect(stage.seen(id)).toEqual([{ fromMs: 0, toMs: thinkMs, endedBy: 'message' }]);
  });
});
