import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { SendblueChatOptions, Simulator } from '../src/index.ts';
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

function ask(path: string, body?: object, headers: object = {}): Promise<Answer> {
  const { baseUrl, apiKey } = simulator.sendblue;
  return call(`${baseUrl}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'sb-api-key-id': 'sendblue-simulator-key-id',
      'sb-api-secret-key': apiKey,
      'content-type': 'application/json',
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

function types(body: object, headers?: object): Promise<Answer> {
  return ask('/api/send-typing-indicator', body, headers);
}

function chat(options?: SendblueChatOptions): { id: string; body: object } {
  const { id, target } = simulator.sendblue.createConversation(options);
  return { id, body: { number: target.number, from_number: target.fromNumber } };
}

describe('A chat of Sendblue', () => {
  it.each([
    ['a minute', {}, 60_000],
    ['as long as is asked for', { state: 'start', max_duration_ms: 300_000 }, 300_000],
  ])('shows typing for %s', async (_title, more, lastsMs) => {
    const { id, body } = chat();
    expect(await types({ ...body, ...more })).toMatchObject({
      status: 200,
      json: { status: 'QUEUED', error_message: null },
    });
    nowMs += 600_000;
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + lastsMs, endedBy: 'expired' },
    ]);
  });

  it('shows it until a stop, a message or the end of a longer one', async () => {
    const { id, body } = chat();
    await types(body);
    nowMs += 48_000;
    await types(body);
    nowMs += 48_000;
    await types({ ...body, state: 'stop' });
    await types(body);
    nowMs += 1_000;
    const { url, ...init } = simulator.sendblue.messageRequest(id, 'Done');
    expect(await call(url, init)).toMatchObject({ status: 200, json: { status: 'QUEUED' } });
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 96_000, endedBy: 'stopped' },
      { fromMs: START + 96_000, toMs: START + 97_000, endedBy: 'message' },
    ]);
    const intents = simulator.requests().map(({ intent }) => intent);
    expect(intents).toEqual(['start', 'start', 'stop', 'start', 'message']);
  });

  it.each<[string, SendblueChatOptions]>([
    ['sms', { service: 'SMS' }],
    ['not-recent', { isRecent: false }],
  ])('accepts it and stays dark: %s', async (hiddenBecause, options) => {
    const { id, body } = chat(options);
    expect(await types(body)).toMatchObject({ status: 200, json: { status: 'QUEUED' } });
    expect(simulator.history(id)).toMatchObject([{ kind: 'start', hiddenBecause }]);
    expect(simulator.recipientView(id)).toEqual([]);
  });

  it.each([
    ['no number', {}, 400, /specify a `number`/],
    ['a stranger', { number: '+14155550000' }, 400, /^No route mapping found/],
    ['a duration that is too long', { max_duration_ms: 300_001 }, 400, /max_duration_ms/],
  ])('refuses %s', async (title, change, status, words) => {
    const { body } = chat();
    const { status: answered, json } = await types(
      title === 'no number' ? change : { ...body, ...change },
    );
    const { message, error_message: errorMessage } = Object(json);
    expect([answered, message ?? errorMessage]).toEqual([status, expect.stringMatching(words)]);
  });

  it('knows no way to whom it never wrote', async () => {
    const { id, body } = chat({ hasRoute: false });
    expect(await types(body)).toMatchObject({ status: 400 });
    simulator.sendblue.changeConversation(id, { hasRoute: true });
    expect(await types(body)).toMatchObject({ status: 200 });
  });

  it('says what it knows of the line and of the person', async () => {
    const options = { line: 'OFFLINE', service: 'SMS', isOptedOut: true } as const;
    const { target } = simulator.sendblue.createConversation(options);
    const number = encodeURIComponent(target.number);
    expect(await ask('/api/v2/lines/state')).toMatchObject({
      json: { data: [{ sendblue_number: target.fromNumber, status: 'OFFLINE' }] },
    });
    expect(await ask(`/api/evaluate-service?number=${number}`)).toMatchObject({
      json: { service: 'SMS' },
    });
    expect(await ask(`/api/v2/contacts/${number}`)).toMatchObject({
      json: { contact: { opt_out: true } },
    });
    expect(await ask('/api/v2/contacts/%2B1')).toMatchObject({ status: 404 });
  });
});

describe('Sendblue itself', () => {
  it.each([
    ['another secret', { 'sb-api-secret-key': 'other' }, 401],
    ['another id', { 'sb-api-key-id': 'other' }, 401],
  ])('refuses %s', async (_title, headers, status) => {
    expect(await types(chat().body, headers)).toMatchObject({ status });
  });

  it('limits an account', async () => {
    simulator.sendblue.configure({ rateLimit: { requests: 1, perMs: 60_000 } });
    const { body } = chat();
    await types(body);
    const { status, headers } = await types(body);
    expect([status, headers.get('retry-after')]).toEqual([429, '60']);
  });

  it('answers each documented failure on demand', async () => {
    const { id, body } = chat();
    for (const failure of simulator.sendblue.failures) {
      simulator.faults.add({ kind: 'failure', vendor: 'sendblue', failure });
      const { status, json } = await types(body);
      expect(status === 200 ? Object(json).status : status).not.toBe(200);
      expect(Object(json).message ?? Object(json).error_message).toBeTruthy();
    }
    expect(simulator.recipientView(id)).toEqual([]);
  });

  it('tells of messages and of typing', () => {
    const { id, target } = simulator.sendblue.createConversation();
    const { number, fromNumber } = target;
    expect(simulator.sendblue.receiveMessage(id, 'Hello')).toMatchObject({
      content: 'Hello',
      is_outbound: false,
      from_number: number,
      sendblue_number: fromNumber,
    });
    const told: unknown[] = [];
    simulator.observe((event) => {
      if (event.kind === 'person') told.push(event.state);
    });
    expect(simulator.sendblue.personTypes(id, { forMs: 1_000 })).toMatchObject({
      number,
      is_typing: true,
    });
    simulator.clock.advance(1_000);
    expect(simulator.sendblue.personTypes(id, 'stopped')).toMatchObject({ is_typing: false });
    expect(told).toEqual(['started', 'stopped', 'stopped']);
  });

  it('leaves no key in the log', async () => {
    await types(chat().body);
    expect(JSON.stringify(simulator.requests())).not.toMatch(
      /sendblue-simulator-(?:secret|key-id)/,
    );
  });
});
