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

interface Target {
  readonly chatId: string;
  readonly accountId: string;
}

function ask(path: string, method = 'POST', key = simulator.unipile.apiKey): Promise<Answer> {
  const url = `${simulator.unipile.baseUrl}${path}`;
  return call(url, { method, headers: { 'x-api-key': key } });
}

const chatPath = ({ chatId, accountId }: Target): string =>
  `/${accountId}/chats/${encodeURIComponent(chatId)}`;
const types = (target: Target, action = 'typing'): Promise<Answer> =>
  ask(`${chatPath(target)}/composing?action=${action}`);
const problem = (status: number, type: string): object => ({
  status,
  json: { object: 'Error', status, type },
});

describe('A chat at Unipile', () => {
  it('shows typing, longer where it is repeated, until a message comes', async () => {
    const { id, target } = simulator.unipile.createConversation();
    expect(await types(target)).toMatchObject({ status: 200, json: { object: 'ComposingSet' } });
    nowMs += 5_000;
    await types(target);
    nowMs += 8_000;
    const { url, ...init } = simulator.unipile.messageRequest(id, 'Done');
    expect(await call(url, init)).toMatchObject({ status: 200 });
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 13_000, endedBy: 'message' },
    ]);
    expect(simulator.requests().map(({ intent }) => intent)).toEqual(['start', 'start', 'message']);
  });

  it('shows that a voice message is recorded, and ends by itself', async () => {
    const { id, target } = simulator.unipile.createConversation();
    await types(target, 'recording');
    nowMs += 20_000;
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 10_000, endedBy: 'expired', shows: 'recording' },
    ]);
    expect(await types(target, 'paused')).toMatchObject(problem(400, 'api/invalid_parameters'));
  });

  it('shows nothing where one of the two has switched it off', async () => {
    const { id, target } = simulator.unipile.createConversation({ typingIndicators: false });
    expect(await types(target)).toMatchObject({ status: 200 });
    expect(simulator.recipientView(id)).toEqual([]);
  });

  it('depends on its account, which others do not share', async () => {
    const { unipile } = simulator;
    const { id, target } = unipile.createConversation();
    const other = unipile.createConversation({ accountId: 'acc_2' });
    unipile.changeConversation(id, { account: 'disconnected' });
    expect(await types(target)).toMatchObject(problem(401, 'provider/invalid_authorization'));
    expect(await types(other.target)).toMatchObject({ status: 200 });
    expect(await ask('/accounts/acc_simulator', 'GET')).toMatchObject({
      status: 200,
      json: { status: 'disconnected' },
    });
    expect(await ask('/accounts/acc_3', 'GET')).toMatchObject(
      problem(404, 'api/resource_not_found'),
    );
  });

  it('says what it is', async () => {
    const { target } = simulator.unipile.createConversation({ isGroup: true, isReadonly: true });
    expect(await ask(chatPath(target), 'GET')).toMatchObject({
      status: 200,
      json: { id: target.chatId, is_group: true, is_readonly: true },
    });
    expect(await types(target)).toMatchObject(problem(403, 'api/insufficient_permissions'));
    const foreign = { ...target, chatId: '2-bm9uZQ==' };
    expect(await types(foreign)).toMatchObject(problem(404, 'provider/resource_not_found'));
  });

  it('tells a webhook what the person wrote', () => {
    const { id, target } = simulator.unipile.createConversation();
    expect(simulator.unipile.receiveMessage(id, 'Hello')).toMatchObject({
      type: 'message.new',
      account_id: target.accountId,
      payload: { chat_id: target.chatId, is_sender: false, text: 'Hello' },
    });
  });
});

describe('Unipile itself', () => {
  it('refuses another key', async () => {
    const { target } = simulator.unipile.createConversation();
    const answer = await ask(`${chatPath(target)}/composing?action=typing`, 'POST', 'another');
    expect(answer).toMatchObject(problem(401, 'api/missing_authorization'));
  });

  it('limits each account by itself', async () => {
    const { unipile } = simulator;
    unipile.configure({ rateLimit: { requests: 1, perMs: 5_000 } });
    const one = unipile.createConversation();
    const other = unipile.createConversation({ accountId: 'acc_2' });
    await types(one.target);
    const limited = await types(one.target);
    expect(limited).toMatchObject(problem(429, 'api/too_many_requests'));
    expect(limited.headers.get('retry-after')).toBe('5');
    expect(await types(other.target)).toMatchObject({ status: 200 });
  });

  it('answers each documented failure on demand, and leaves no key in the log', async () => {
    const { id, target } = simulator.unipile.createConversation();
    for (const failure of simulator.unipile.failures) {
      simulator.faults.clear();
      simulator.faults.add({ kind: 'failure', vendor: 'unipile', failure });
      const { status, json } = await types(target);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(json).toMatchObject({ object: 'Error', status });
    }
    expect(simulator.recipientView(id)).toEqual([]);
    expect(JSON.stringify(simulator.requests())).not.toContain(simulator.unipile.apiKey);
  });
});
