import { whatsapp, type WhatsAppTarget } from '@typingkit/meta';
import { describe, expect, test } from 'vitest';
import { beganAtMs, failureOf, stageFor, startsAt } from './witness.ts';

const names = [
  '@kapso/whatsapp-cloud-api',
  '@kapso/whatsapp-cloud-api proxy',
  '@chat-adapter/whatsapp',
  'whatsapp-api-js',
] as const;

const stage = stageFor<WhatsAppTarget>('whatsapp');

test.for(names)('%s is seen typing, and sends what our adapter sends', async (name) => {
  const { id, target } = stage.simulator.whatsapp.createConversation();
  await stage.witness(name).start(target);
  stage.passes(60_000);
  expect(stage.simulator.recipientView(id)).toEqual([
    { fromMs: beganAtMs, toMs: beganAtMs + 25_000, endedBy: 'expired' },
  ]);
  expect(stage.simulator.whatsapp.unreadMessages(id)).toEqual([]);

  const { apiKey: accessToken, baseUrl } = stage.simulator.whatsapp;
  const service = name.endsWith('proxy') ? 'kapso' : 'meta';
  await whatsapp({ accessToken, baseUrl, service, version: 'v25.0' }).start(target, {});
  const [theirs, ours] = startsAt(stage.simulator, 'whatsapp');
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
    const { target } = stage.simulator.whatsapp.createConversation();
    const start = stage.witness(name).start({ ...target, messageId: 'wamid.OWN' });
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
    const { target } = stage.simulator.whatsapp.createConversation();
    stage.simulator.faults.add({
      kind: 'failure',
      vendor: 'whatsapp',
      failure: 'rate-limited',
      retryAfterSeconds: 9,
    });
    expect(await failureOf(stage.witness(name).start(target))).toMatchObject(expected);
  });

  test.for([
    [
      '@kapso/whatsapp-cloud-api',
      { class: 'GraphApiError', httpStatus: 401, code: 190, category: 'authorization' },
    ],
    ['@chat-adapter/whatsapp', { class: 'WhatsAppApiError', status: 401, errorCode: 190 }],
  ] as const)('%s: the token is another', async ([name, expected]) => {
    const { target } = stage.simulator.whatsapp.createConversation();
    expect(await failureOf(stage.witness(name, 'another').start(target))).toMatchObject(expected);
  });

  test('whatsapp-api-js: an error is an answer like any other', async () => {
    const { target } = stage.simulator.whatsapp.createConversation();
    expect(await stage.witness('whatsapp-api-js', 'another').start(target)).toMatchObject({
      error: { code: 190, type: 'OAuthException' },
    });
  });
});
