import { sendblue, type SendblueTarget } from '@typingkit/sendblue';
import { describe, expect, test } from 'vitest';
import { beganAtMs, failureOf, stageFor, startsAt } from './witness.ts';

const stage = stageFor<SendblueTarget>('sendblue');

describe.each([
  ['sendblue', 10_000],
  // It says neither `start` nor for how long.
  ['chat-adapter-sendblue', 60_000],
] as const)('%s on the simulated Sendblue', (name, lifetimeMs) => {
  test('is seen typing, and sends what our adapter sends', async () => {
    const { id, target } = stage.simulator.sendblue.createConversation();
    await stage.witness(name).start(target);
    stage.passes(120_000);
    expect(stage.simulator.recipientView(id)).toEqual([
      { fromMs: beganAtMs, toMs: beganAtMs + lifetimeMs, endedBy: 'expired' },
    ]);

    const { apiKey: apiSecretKey, baseUrl, environment } = stage.simulator.sendblue;
    const apiKeyId = environment['SENDBLUE_API_KEY_ID'] ?? '';
    const provider = sendblue({ credentials: { apiKeyId, apiSecretKey }, baseUrl });
    await provider.start(target, { ttlMs: lifetimeMs });
    const [theirs, ours] = startsAt(stage.simulator, 'sendblue');
    const defaults = { state: 'start', max_duration_ms: 60_000 };
    expect({ ...theirs, body: { ...defaults, ...Object(theirs?.body) } }).toEqual(ours);
  });
});

const name = 'sendblue';

test.for<[failure: string, expected: object]>([
  ['no-route', { class: 'BadRequestError', status: 400 }],
  ['unauthorized', { class: 'AuthenticationError', status: 401 }],
  ['forbidden', { class: 'PermissionDeniedError', status: 403 }],
  ['not-found', { class: 'NotFoundError', status: 404 }],
  ['rate-limited', { class: 'RateLimitError', status: 429 }],
  ['server-error', { class: 'InternalServerError', status: 500 }],
])(`${name} reads %s`, async ([failure, expected]) => {
  const { target } = stage.simulator.sendblue.createConversation();
  stage.simulator.faults.add({ kind: 'failure', vendor: 'sendblue', failure });
  expect(await failureOf(stage.witness(name).start(target))).toMatchObject(expected);
});

test(`${name} takes an error in a 200 for a success`, async () => {
  const { target } = stage.simulator.sendblue.createConversation();
  stage.simulator.faults.add({ kind: 'failure', vendor: 'sendblue', failure: 'error-in-200' });
  await expect(stage.witness(name).start(target)).resolves.toMatchObject({ status: 'ERROR' });
});

test('chat-adapter-sendblue goes by the sentence where there is no route', async () => {
  const { target } = stage.simulator.sendblue.createConversation({ hasRoute: false });
  await expect(stage.witness('chat-adapter-sendblue').start(target)).resolves.toBeUndefined();
});
