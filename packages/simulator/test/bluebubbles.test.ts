import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator } from '../src/index.ts';
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

function ask(method: string, path: string, password?: string): Promise<Answer> {
  const { baseUrl, apiKey } = simulator.bluebubbles;
  return call(`${baseUrl}${path}?password=${password ?? apiKey}`, { method });
}
const types = (id: string, method = 'POST'): Promise<Answer> =>
  ask(method, `/api/v1/chat/${encodeURIComponent(id)}/typing`);

describe('A chat of BlueBubbles', () => {
  it('shows typing, longer where it is repeated, until a message comes', async () => {
    const { id } = simulator.bluebubbles.createConversation();
    expect(await types(id)).toMatchObject({
      json: { status: 200, message: 'Successfully started typing!' },
    });
    nowMs += 12_000;
    await types(id);
    nowMs += 12_000;
    const { url, ...init } = simulator.bluebubbles.messageRequest(id, 'Done');
    expect(await call(url, init)).toMatchObject({ status: 200 });
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 24_000, endedBy: 'message' },
    ]);
  });

  it('is shown typing by what should stop it, as the server does', async () => {
    const { id } = simulator.bluebubbles.createConversation({ isGroup: true });
    expect(await types(id, 'DELETE')).toMatchObject({
      json: { status: 200, message: 'Successfully stopped typing!' },
    });
    nowMs += 60_000;
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 15_000, endedBy: 'expired' },
    ]);
  });

  it('that there is not is a success', async () => {
    expect(await types('iMessage;-;+15550109999')).toMatchObject({ status: 200 });
  });

  it('over SMS stays dark', async () => {
    const { id } = simulator.bluebubbles.createConversation({ service: 'SMS' });
    expect(await types(id)).toMatchObject({ status: 200 });
    expect(simulator.recipientView(id)).toEqual([]);
  });

  it('tells a webhook what the person writes and types, in a group no typing', () => {
    const { bluebubbles } = simulator;
    const { id } = bluebubbles.createConversation();
    expect(bluebubbles.receiveMessage(id, 'Hello')).toMatchObject({
      type: 'new-message',
      data: { text: 'Hello', isFromMe: false, chats: [{ guid: id }] },
    });
    const typing = { type: 'typing-indicator', data: { display: true, guid: id } };
    expect(bluebubbles.personTypes(id, 'started')).toEqual(typing);
    const group = bluebubbles.createConversation({ isGroup: true });
    expect(bluebubbles.personTypes(group.id, 'started')).toBeNull();
  });
});

describe('The server of BlueBubbles', () => {
  it.each([
    [{ privateApi: false }, 'iMessage Private API is not enabled!', { private_api: false }],
    [
      { helperConnected: false },
      'iMessage Private API Helper is not connected!',
      { helper_connected: false },
    ],
  ])('answers 500 with %j, and says so', async (settings, message, data) => {
    const { id } = simulator.bluebubbles.createConversation();
    simulator.bluebubbles.configure(settings);
    expect(await types(id)).toMatchObject({
      status: 500,
      json: { error: { type: 'iMessage Error', message } },
    });
    expect(await ask('GET', '/api/v1/server/info')).toMatchObject({
      json: { data },
    });
  });

  it('refuses another password, and knows no other path', async () => {
    expect(await ask('GET', '/api/v1/server/info', 'another')).toMatchObject({ status: 401 });
    expect(await ask('GET', '/api/v2')).toMatchObject({ status: 404 });
  });

  it('answers each documented failure on demand, and leaves no password in the log', async () => {
    const { id } = simulator.bluebubbles.createConversation();
    for (const failure of simulator.bluebubbles.failures) {
      simulator.faults.clear();
      simulator.faults.add({ kind: 'failure', vendor: 'bluebubbles', failure });
      expect((await types(id)).status).toBeGreaterThanOrEqual(400);
    }
    expect(simulator.recipientView(id)).toEqual([]);
    expect(JSON.stringify(simulator.requests())).not.toContain(simulator.bluebubbles.apiKey);
  });
});
