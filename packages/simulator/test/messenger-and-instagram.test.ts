import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { MetaPerson, MetaPersonOptions, Simulator } from '../src/index.ts';
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

describe.each(['messenger', 'instagram'] as const)('typing on %s', (name) => {
  type Person = Pick<MetaPerson, 'id' | 'ownerId'>;

  const send = (body: object, owner: string, key = simulator[name].apiKey): Promise<Answer> =>
    call(`${simulator[name].baseUrl}/v25.0/${owner}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const acts = ({ id, ownerId }: Person, action: string, owner = ownerId): Promise<Answer> =>
    send({ recipient: { id }, sender_action: action }, owner);
  const read = (path: string): Promise<Answer> =>
    call(`${simulator[name].baseUrl}/v25.0/${path}`, {
      headers: { authorization: `Bearer ${simulator[name].apiKey}` },
    });

  it('shows for 20 seconds, longer with each repeat, until it is switched off', async () => {
    const person = simulator[name].createConversation();
    const shown = { status: 200, json: { recipient_id: person.id } };
    expect(await acts(person, 'typing_on')).toMatchObject(shown);
    nowMs += 15_000;
    await acts(person, 'typing_on', 'me');
    nowMs += 15_000;
    expect(await acts(person, 'typing_off')).toMatchObject(shown);
    nowMs += 1000;
    await acts(person, 'mark_seen');
    await acts(person, 'typing_on');
    nowMs += 60_000;
    expect(simulator.recipientView(person.id)).toEqual([
      { fromMs: START, toMs: START + 30_000, endedBy: 'stopped' },
      { fromMs: START + 31_000, toMs: START + 51_000, endedBy: 'expired' },
    ]);
    const intents = ['start', 'start', 'stop', null, 'start'];
    expect(simulator.requests().map(({ intent }) => intent)).toEqual(intents);
  });

  it('goes with a message', async () => {
    const person = simulator[name].createConversation();
    await acts(person, 'typing_on');
    nowMs += 1000;
    const { url, ...request } = simulator[name].messageRequest(person.id, 'Hello');
    expect(await call(url, request)).toMatchObject({ status: 200 });
    expect(simulator.recipientView(person.id)).toMatchObject([{ endedBy: 'message' }]);
  });

  it('takes a form, and a token in the query, which the log leaves out', async () => {
    const person = simulator[name].createConversation();
    const { apiKey, baseUrl } = simulator[name];
    const body = new URLSearchParams({
      recipient: JSON.stringify({ id: person.id }),
      sender_action: 'typing_on',
    });
    const url = `${baseUrl}/me/messages?access_token=${apiKey}`;
    expect(await call(url, { method: 'POST', body })).toMatchObject({ status: 200 });
    expect(simulator.recipientView(person.id)).toHaveLength(1);
    expect(JSON.stringify(simulator.requests())).not.toContain(apiKey);
  });

  it('is accepted and shows nothing to who is signed out', async () => {
    const person = simulator[name].createConversation();
    simulator[name].changeConversation(person.id, { person: 'signed-out' });
    expect((await acts(person, 'typing_on')).status).toBe(200);
    expect(simulator.history(person.id)).toMatchObject([{ hiddenBecause: 'signed-out' }]);
    expect(simulator.recipientView(person.id)).toEqual([]);
  });

  it.each<[string, MetaPersonOptions['person'], number]>([
    ['has blocked the page', 'blocked', 551],
    ['has not written for 24 hours', 'silent', 10],
  ])('is refused where the person %s', async (_title, state, code) => {
    const person = simulator[name].createConversation({ person: state });
    expect(await acts(person, 'typing_on')).toMatchObject({ json: { error: { code } } });
  });

  it('is refused for a stranger, an unknown page, another token, and both at once', async () => {
    const person = simulator[name].createConversation();
    const stranger = { ...person, id: '99999999' };
    const both = { recipient: { id: person.id }, sender_action: 'typing_on', message: {} };
    const elsewhere = simulator[name].createConversation({ ownerId: '7' });
    const answers = await Promise.all([
      acts(stranger, 'typing_on'),
      acts(elsewhere, 'typing_on', person.ownerId),
      acts(person, 'typing_on', '1'),
      send(both, 'me', 'another'),
      send(both, 'me'),
      acts(person, 'dancing_on'),
    ]);
    expect(answers.map(({ json }) => Object(json).error)).toMatchObject([
      { code: 100, error_subcode: 2_018_001 },
      { code: 100, error_subcode: 2_018_001 },
      { code: 100, error_subcode: 33 },
      { code: 190 },
      { code: 100 },
      { code: 100 },
    ]);
  });

  it('has a limit for each page or account', async () => {
    simulator[name].configure({ rateLimit: { requests: 1, perMs: 10_000 } });
    const person = simulator[name].createConversation();
    await acts(person, 'typing_on');
    expect(await acts(person, 'typing_on')).toMatchObject({ json: { error: { code: 613 } } });
  });

  it('can be told to show for another time', async () => {
    simulator[name].configure({ lifetimeMs: 7_000 });
    const person = simulator[name].createConversation();
    await acts(person, 'typing_on');
    nowMs += 60_000;
    expect(simulator.recipientView(person.id)).toMatchObject([{ toMs: START + 7_000 }]);
  });

  it('answers everything that it documents, on demand', async () => {
    const person = simulator[name].createConversation();
    for (const failure of simulator[name].failures) {
      simulator.faults.add({ kind: 'failure', vendor: name, failure });
      expect((await acts(person, 'typing_on')).status).toBeGreaterThanOrEqual(400);
    }
  });

  it('says whose token it is, who somebody is, and when something was written', async () => {
    const person = simulator[name].createConversation();
    nowMs += 60_000;
    const webhook = simulator[name].receiveMessage(person.id, 'Are you there?');
    expect(webhook).toMatchObject({
      entry: [
        {
          id: person.ownerId,
          messaging: [{ sender: { id: person.id }, message: { text: 'Are you there?' } }],
        },
      ],
    });
    expect(await read('me?fields=id')).toMatchObject({ json: { id: person.ownerId } });
    expect(await read(`${person.id}?fields=first_name`)).toMatchObject({ json: { id: person.id } });
    expect(await read(`me/conversations?user_id=${person.id}`)).toMatchObject({
      json: { data: [{ updated_time: '2026-11-20T12:01:00+0000' }] },
    });
    expect(await read('me/conversations?user_id=99999999')).toMatchObject({ json: { data: [] } });
  });
});
