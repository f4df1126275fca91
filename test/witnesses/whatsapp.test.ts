import { whatsapp, type WhatsAppTarget } from '@typingkit/meta';
import { startSimulator, type Simulator } from '@typingkit/simulator';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failureOf, loadWitnesses, startsAt, type Witness, type Witnesses } from './witness.ts';

const names = [
  '@kapso/whatsapp-cloud-api',
  '@kapso/whatsapp-cloud-api proxy',
  '@chat-adapter/whatsapp',
  'whatsapp-api-js',
] as const;
const beganAtMs = Date.UTC(2026, 10, 20, 12);

let witnesses: Witnesses<WhatsAppTarget>;
let simulator: Simulator;
let nowMs: number;

beforeAll(async () => {
  witnesses = await loadWitnesses('whatsapp');
});
beforeEach(async () => {
  nowMs = beganAtMs;
  simulator = await startSimulator({ now: () => nowMs });
});
afterEach(() => simulator.close());

function witness(name: string, apiKey = simulator.whatsapp.apiKey): Witness<WhatsAppTarget> {
  const make = witnesses[name];
  if (!make) throw new Error(`There is no witness ${name}.`);
  return make({ baseUrl: simulator.whatsapp.baseUrl, apiKey });
}

test.for(names)('%s is seen typing, and sends what our adapter sends', async (name) => {
  const { id, target } = simulator.whatsapp.createConversation();
  await witness(name).start(target);
  nowMs += 60_000;
  expect(simulator.recipientView(id)).toEqual([
    { fromMs: beganAtMs, toMs: beganAtMs + 25_000, endedBy: 'expired' },
  ]);
  expect(simulator.whatsapp.unreadMessages(id)).toEqual([]);

  const { apiKey: accessToken, baseUrl } = simulator.whatsapp;
  const service = name.endsWith('proxy') ? 'kapso' : 'meta';
  await whatsapp({ accessToken, baseUrl, service, version: 'v25.0' }).start(target, {});
  const [theirs, ours] = startsAt(simulator, 'whatsapp');
  expect(theirs).toEqual(ours);
});

describe('the errors of the simulated WhatsApp, as each reads them', () => {
  test.for([
    [
      '@kapso/whatsapp-cloud-api',
      { class: 'GraphApiError', httpStatus: 400, code: 131_009, category: 'parameter' },
    ],
    ['@chat-adapter/whatsapp', { class: 'WhatsAppApiError', status: 400, errorCode: 131_009 }],
  ] as const)('%s: the message is not one of a person', async ([name, expected]) => {
    const { target } = simulator.whatsapp.createConversation();
    const start = witness(name).start({ ...target, messageId: 'wamid.OWN' });
    expect(await failureOf(start)).toMatchObject(expected);
  });

  test.for([
    [
      '@kapso/whatsapp-cloud-api',
      {
        class: 'GraphApiError',
        code: 130_429,
        category: 'throttling',
        retry: { action: 'retry_after', retryAfterMs: 9_000 },
      },
    ],
    ['@chat-adapter/whatsapp', { class: 'WhatsAppApiError', status: 429, errorCode: 130_429 }],
  ] as const)('%s: too many requests', async ([name, expected]) => {
    const { target } = simulator.whatsapp.createConversation();
    simulator.faults.add({
      kind: 'failure',
      vendor: 'whatsapp',
      failure: 'rate-limited',
      retryAfterSeconds: 9,
    });
    expect(await failureOf(witness(name).start(target))).toMatchObject(expected);
  });

  test.for([
    [
      '@kapso/whatsapp-cloud-api',
      { class: 'GraphApiError', httpStatus: 401, code: 190, category: 'authorization' },
    ],
    ['@chat-adapter/whatsapp', { class: 'WhatsAppApiError', status: 401, errorCode: 190 }],
  ] as const)('%s: the token is another', async ([name, expected]) => {
    const { target } = simulator.whatsapp.createConversation();
    expect(await failureOf(witness(name, 'another').start(target))).toMatchObject(expected);
  });

  test('whatsapp-api-js: an error is an answer like any other', async () => {
    const { target } = simulator.whatsapp.createConversation();
    expect(await witness('whatsapp-api-js', 'another').start(target)).toMatchObject({
      error: { code: 190, type: 'OAuthException' },
    });
  });
});
