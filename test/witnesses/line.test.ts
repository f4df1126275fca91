import { line, lineAddress, type LineTarget } from '@typingkit/line';
import { expect, test } from 'vitest';
import { beganAtMs, failureOf, stageFor, startsAt } from './witness.ts';

const name = '@line/bot-sdk';
const stage = stageFor<LineTarget>('line');

test(`${name} is seen typing, and sends what our adapter sends`, async () => {
  const { id, target } = stage.simulator.line.createConversation();
  await stage.witness(name).start(target);
  stage.passes(120_000);
  expect(stage.simulator.recipientView(id)).toEqual([
    { fromMs: beganAtMs, toMs: beganAtMs + 60_000, endedBy: 'expired' },
  ]);

  const { apiKey: channelAccessToken, baseUrl } = stage.simulator.line;
  await line({ channelAccessToken, baseUrl }).start(target, { ttlMs: 60_000 });
  const [theirs, ours] = startsAt(stage.simulator, 'line');
  expect(theirs).toEqual(ours);
});

test.for<[failure: string, expected: object]>([
  ['invalid-chat', { status: 400, body: expect.stringContaining("'chatId'") }],
  ['invalid-seconds', { status: 400, body: expect.stringContaining('loadingSeconds') }],
  ['unauthorized', { status: 401, body: expect.stringContaining('invalid token') }],
  ['rate-limited', { status: 429, body: expect.stringContaining('rate limit') }],
  ['server-error', { status: 500 }],
])(`${name} reads %s`, async ([failure, expected]) => {
  const { target } = stage.simulator.line.createConversation();
  stage.simulator.faults.add({ kind: 'failure', vendor: 'line', failure });
  const error = await failureOf(stage.witness(name).start(target));
  expect(error).toMatchObject({ class: 'HTTPFetchError', ...expected });
});

test('an event alone, as its middleware hands it on, is read', () => {
  const { id, target } = stage.simulator.line.createConversation();
  const body = Object(stage.simulator.line.receiveMessage(id));
  expect(lineAddress().targetsIn?.(body.events[0])).toEqual([target]);
});
