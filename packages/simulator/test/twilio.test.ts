import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator, TwilioChat } from '../src/index.ts';
import { call } from './vendor-calls.ts';
import type { Answer } from './vendor-calls.ts';

const START = Date.UTC(2026, 10, 20, 12);
const account = `AC${'0'.repeat(32)}`;
let simulator: Simulator;
let nowMs: number;

beforeEach(async () => {
  nowMs = START;
  simulator = await startSimulator({ now: () => nowMs });
});
afterEach(() => simulator.close());

function onWhatsApp(fields: Record<string, string>, token?: string): Promise<Answer> {
  const { baseUrl, apiKey } = simulator.twilio;
  return call(`${baseUrl}/Indicators/Typing.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${account}:${token ?? apiKey}`)}` },
    body: new URLSearchParams(fields),
  });
}

function onApple({ target: { from, to } }: TwilioChat, event?: string): Promise<Answer> {
  const { baseUrl, apiKey } = simulator.twilioApple;
  return call(`${baseUrl}/Indicators/Typing.json`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${account}:${apiKey}`)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ channel: 'APPLE', from, to, event }),
  });
}

describe('Twilio on WhatsApp', () => {
  const types = ({ target: { messageId = '' } }: TwilioChat): Promise<Answer> =>
    onWhatsApp({ channel: 'whatsapp', messageId });

  it('shows typing for 25 seconds, whatever is repeated, or until a message', async () => {
    const chat = simulator.twilio.createConversation();
    expect(await types(chat)).toMatchObject({ status: 200, json: { success: true } });
    nowMs += 20_000;
    await types(chat);
    nowMs += 10_000;
    await types(chat);
    nowMs += 1_000;
    const { url, ...init } = simulator.twilio.messageRequest(chat.id, 'Done');
    expect(await call(url, init)).toMatchObject({ status: 201 });
    expect(simulator.recipientView(chat.id)).toEqual([
      { fromMs: START, toMs: START + 25_000, endedBy: 'expired' },
      { fromMs: START + 30_000, toMs: START + 31_000, endedBy: 'message' },
    ]);
    const intents = simulator.requests().map(({ intent }) => intent);
    expect(intents).toEqual(['start', 'start', 'start', 'message']);
  });

  it('takes the id of any message of the person, and no other', async () => {
    const chat = simulator.twilio.createConversation({ person: 'whatsapp:+14155551234' });
    const fields = simulator.twilio.receiveMessage(chat.id, 'Hello');
    expect(fields).toMatchObject({ From: 'whatsapp:+14155551234', Body: 'Hello' });
    const [newest] = simulator.twilio.conversations();
    expect(Object(fields).MessageSid).toBe(newest?.target.messageId);
    expect(await types(chat)).toMatchObject({ status: 200 });
    const unknown = await onWhatsApp({ channel: 'whatsapp', messageId: `SM${'1'.repeat(32)}` });
    expect(unknown).toMatchObject({ status: 400, json: { code: 20_001, status: 400 } });
    expect(await onWhatsApp({ channel: 'sms', messageId: '' })).toMatchObject({ status: 400 });
  });

  it('refuses another token, limits an account, and logs no token', async () => {
    const chat = simulator.twilio.createConversation();
    const { messageId = '' } = chat.target;
    const fields = { channel: 'whatsapp', messageId };
    expect(await onWhatsApp(fields, 'other')).toMatchObject({ status: 401 });
    simulator.twilio.configure({ rateLimit: { requests: 1, perMs: 1_000 } });
    await types(chat);
    expect(await types(chat)).toMatchObject({ status: 429, json: { code: 20_429 } });
    const log = JSON.stringify(simulator.requests());
    expect(log).not.toContain('twilio-simulator-token');
    expect(log).not.toContain(btoa(`${account}:twilio-simulator-token`));
  });

  it('answers each documented failure on demand', async () => {
    const chat = simulator.twilio.createConversation();
    for (const failure of simulator.twilio.failures) {
      simulator.faults.add({ kind: 'failure', vendor: 'twilio', failure });
      expect(await types(chat)).not.toMatchObject({ json: { success: true } });
    }
    expect(simulator.recipientView(chat.id)).toEqual([]);
  });
});

describe('Twilio on Apple Messages for Business', () => {
  it('shows typing until it is stopped', async () => {
    const chat = simulator.twilioApple.createConversation();
    expect(await onApple(chat)).toMatchObject({ status: 200, json: { success: true } });
    nowMs += 5_000;
    expect(await onApple(chat, 'END')).toMatchObject({ status: 200 });
    expect(simulator.recipientView(chat.id)).toEqual([
      { fromMs: START, toMs: START + 5_000, endedBy: 'stopped' },
    ]);
    expect(await onApple(chat, 'PAUSE')).toMatchObject({ status: 400 });
    expect(simulator.twilioApple.receiveMessage(chat.id)).toMatchObject({
      From: chat.target.to,
      To: chat.target.from,
    });
  });

  it('is below the same address as the other network', () => {
    const { twilio, twilioApple } = simulator;
    expect(twilioApple.environment).toEqual(twilio.environment);
  });
});
