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

function types(recipient: string, method = 'PUT', number = '%2B15550100001'): Promise<Answer> {
  return call(`${simulator.signal.baseUrl}/v1/typing-indicator/${number}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ recipient }),
  });
}
const get = (path: string): Promise<Answer> => call(`${simulator.signal.baseUrl}${path}`);
const refusal = (error: string): object => ({ status: 400, json: { error } });

describe('A person on Signal', () => {
  it('sees typing for 15 seconds, longer where it is repeated', async () => {
    const { id } = simulator.signal.createConversation();
    expect(await types(id)).toMatchObject({ status: 204, text: '' });
    nowMs += 10_000;
    await types(id);
    nowMs += 60_000;
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 25_000, endedBy: 'expired' },
    ]);
  });

  it('sees it no longer after a stop, or a message', async () => {
    const { id, phoneNumber } = simulator.signal.createConversation();
    await types(phoneNumber);
    nowMs += 3_000;
    expect(await types(id, 'DELETE')).toMatchObject({ status: 204 });
    await types(id);
    nowMs += 3_000;
    const { url, ...init } = simulator.signal.messageRequest(id, 'Done');
    expect(await call(url, init)).toMatchObject({ status: 201 });
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 3_000, endedBy: 'stopped' },
      { fromMs: START + 3_000, toMs: START + 6_000, endedBy: 'message' },
    ]);
    const intents = simulator.requests().map(({ intent, conversation }) => [intent, conversation]);
    expect(intents).toEqual(['start', 'stop', 'start', 'message'].map((intent) => [intent, id]));
  });

  it.each([{ typingIndicators: false }, { hasBlockedUs: true }])(
    'sees none with %j',
    async (options) => {
      const { id } = simulator.signal.createConversation();
      simulator.signal.changeConversation(id, options);
      expect(await types(id)).toMatchObject({ status: 204 });
      expect(simulator.recipientView(id)).toEqual([]);
    },
  );

  it('is found by the number, if there is an account', async () => {
    const { id, phoneNumber } = simulator.signal.createConversation();
    const search = `/v1/search/%2B15550100001?numbers=${encodeURIComponent(phoneNumber)}`;
    expect(await get(search)).toMatchObject({ json: [{ number: phoneNumber, registered: true }] });
    simulator.signal.changeConversation(id, { isRegistered: false });
    expect(await get(search)).toMatchObject({ json: [{ registered: false }] });
    expect(await types(id)).toMatchObject(refusal('Unregistered user'));
  });

  it('writes, and types', () => {
    const { signal } = simulator;
    const { id, uuid } = signal.createConversation({ hidesNumber: true });
    expect(signal.receiveMessage(id, 'Hello')).toMatchObject({
      account: '+15550100001',
      envelope: { sourceNumber: null, sourceUuid: uuid, dataMessage: { message: 'Hello' } },
    });
    const typing = (action: string): object => ({ envelope: { typingMessage: { action } } });
    expect(signal.personTypes(id, 'started')).toMatchObject(typing('STARTED'));
    expect(signal.personTypes(id, 'stopped')).toMatchObject(typing('STOPPED'));
  });
});

describe('A group on Signal', () => {
  it('sees typing, and names itself by the base64 of its id', async () => {
    const { id, groupId } = simulator.signal.createConversation({ kind: 'group' });
    expect(id).toBe(`group.${btoa(groupId ?? '')}`);
    expect(await types(id)).toMatchObject({ status: 204 });
    expect(simulator.recipientView(id)).toHaveLength(1);
    expect(simulator.signal.receiveMessage(id)).toMatchObject({
      envelope: { dataMessage: { groupInfo: { groupId } } },
    });
    simulator.signal.changeConversation(id, { isRegistered: false });
    expect(await types(id)).toMatchObject(refusal('User is not a group member'));
  });
});

describe('The server', () => {
  it('answers 400 whatever is wrong', async () => {
    const { id } = simulator.signal.createConversation();
    expect(await types('+15550109999')).toMatchObject(refusal('Unregistered user'));
    expect(await types('group.x')).toMatchObject(refusal('Invalid group id'));
    expect(await types('')).toMatchObject(refusal("Couldn't process request - invalid request"));
    const other = await types(id, 'PUT', '%2B15550100009');
    expect(other).toMatchObject(refusal('Specified account does not exist'));
    expect(await get('/v2/typing')).toMatchObject({ status: 404, text: '404 page not found' });
    expect(await get('/v1/health')).toMatchObject({ status: 204 });
    expect(await get('/v1/accounts')).toMatchObject({ json: ['+15550100001'] });
  });

  it('answers each documented failure on demand', async () => {
    const { id } = simulator.signal.createConversation();
    for (const failure of simulator.signal.failures) {
      simulator.faults.clear();
      simulator.faults.add({ kind: 'failure', vendor: 'signal', failure });
      expect((await types(id)).status).toBeGreaterThanOrEqual(400);
    }
    expect(simulator.recipientView(id)).toEqual([]);
  });
});
