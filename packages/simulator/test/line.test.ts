import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { LineChatOptions, Simulator } from '../src/index.ts';
import { call } from './vendor-calls.ts';
import type { Answer } from './vendor-calls.ts';

const START = Date.UTC(2026, 10, 20, 12);
let simulator: Simulator;
let nowMs: number;

beforeEach(async () => {
  nowMs = START;
  simulator = await startSimulator({ now: () => nowMs });
});
afterEach(() => simulator.close());

function ask(method: string, path: string, body?: object, key?: string): Promise<Answer> {
  const { baseUrl, apiKey } = simulator.line;
  const headers = {
    authorization: `Bearer ${key ?? apiKey}`,
    'content-type': 'application/json',
  };
  const text = body === undefined ? null : JSON.stringify(body);
  return call(`${baseUrl}${path}`, { method, headers, body: text });
}

function types(chatId: string, more: object = {}, key?: string): Promise<Answer> {
  return ask('POST', '/v2/bot/chat/loading/start', { chatId, ...more }, key);
}

describe('A chat of LINE', () => {
  it.each([
    ['20 seconds', {}, 20_000],
    ['as long as is asked for', { loadingSeconds: 60 }, 60_000],
  ])('shows typing for %s', async (_title, more, lastsMs) => {
    const { id } = simulator.line.createConversation();
    const { status, json, headers } = await types(id, more);
    expect([status, json]).toEqual([202, {}]);
    expect(headers.get('x-line-request-id')).toMatch(/^[\da-f-]{36}$/);
    nowMs += 100_000;
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + lastsMs, endedBy: 'expired' },
    ]);
  });

  it('gets a new time by a repeat, and is quiet after a message', async () => {
    const { id } = simulator.line.createConversation();
    await types(id, { loadingSeconds: 60 });
    await types(id, { loadingSeconds: 5 });
    nowMs += 6_000;
    await types(id);
    nowMs += 1_000;
    const { url, ...init } = simulator.line.messageRequest(id, 'Done');
    expect(await call(url, init)).toMatchObject({ status: 200 });
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 5_000, endedBy: 'expired' },
      { fromMs: START + 6_000, toMs: START + 7_000, endedBy: 'message' },
    ]);
    const intents = simulator.requests().map(({ intent }) => intent);
    expect(intents).toEqual(['start', 'start', 'start', 'message']);
  });

  it.each<[string, LineChatOptions]>([
    ['not-viewing', { isViewing: false }],
    ['blocked', { hasBlocked: true }],
  ])('accepts it and stays dark: %s', async (hiddenBecause, options) => {
    const { id } = simulator.line.createConversation(options);
    expect(await types(id)).toMatchObject({ status: 202 });
    expect(simulator.history(id)).toMatchObject([{ kind: 'start', hiddenBecause }]);
    simulator.line.changeConversation(id, { isViewing: true, hasBlocked: false });
    expect(simulator.recipientView(id)).toEqual([]);
  });

  it.each([7, 65, 0, '20'])('refuses %j seconds', async (loadingSeconds) => {
    const { id } = simulator.line.createConversation();
    expect(await types(id, { loadingSeconds })).toMatchObject({
      status: 400,
      json: { details: [{ property: 'loadingSeconds' }] },
    });
  });

  it('has a person with a profile, unless they have blocked the account', async () => {
    const { line } = simulator;
    const one = line.createConversation();
    const other = line.createConversation({ hasBlocked: true });
    expect(await ask('GET', `/v2/bot/profile/${one.id}`)).toMatchObject({ status: 200 });
    expect(await ask('GET', `/v2/bot/profile/${other.id}`)).toMatchObject({ status: 404 });
  });
});

describe('LINE itself', () => {
  it('refuses another token, and whom it does not know', async () => {
    const { id } = simulator.line.createConversation();
    expect(await types(id, {}, 'other')).toMatchObject({ status: 401 });
    expect(await types('C1')).toMatchObject({ status: 400 });
  });

  it('limits a channel', async () => {
    simulator.line.configure({ rateLimit: { requests: 1, perMs: 1_000 } });
    const { id } = simulator.line.createConversation();
    await types(id);
    expect(await types(id)).toMatchObject({ status: 429 });
  });

  it('answers each documented failure on demand', async () => {
    const { id } = simulator.line.createConversation();
    for (const failure of simulator.line.failures) {
      simulator.faults.add({ kind: 'failure', vendor: 'line', failure });
      const { status, json } = await types(id);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(Object(json).message).toBeTruthy();
    }
    expect(simulator.recipientView(id)).toEqual([]);
  });

  it('tells of a message, and leaves no token in the log', async () => {
    const { id } = simulator.line.createConversation();
    await types(id);
    expect(simulator.line.receiveMessage(id, 'Hello')).toMatchObject({
      events: [
        { type: 'message', source: { type: 'user', userId: id }, message: { text: 'Hello' } },
      ],
    });
    expect(JSON.stringify(simulator.requests())).not.toContain('line-simulator-token');
  });
});
