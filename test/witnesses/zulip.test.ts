import { startSimulator, type Simulator } from '@typingkit/simulator';
import { zulip, zulipAddress, type ZulipTarget } from '@typingkit/zulip';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadWitnesses, startsAt, type Witnesses } from './witness.ts';

const name = 'zulip-js';
const beganAtMs = Date.UTC(2026, 10, 20, 12);

let witnesses: Witnesses<ZulipTarget>;
let simulator: Simulator;
let nowMs: number;

beforeAll(async () => {
  witnesses = await loadWitnesses('zulip');
});
beforeEach(async () => {
  nowMs = beganAtMs;
  simulator = await startSimulator({ now: () => nowMs });
});
afterEach(() => simulator.close());

function starts(target: ZulipTarget): Promise<unknown> | undefined {
  return witnesses[name]?.(simulator.zulip).start(target);
}

test.for<ZulipTarget & { readonly to: readonly number[] }>([
  { to: [9, 10] },
  { to: [7], topic: 'Support' },
])(`${name} is seen typing at %j, and means what our adapter means`, async (options) => {
  const { id, target } = simulator.zulip.createConversation(options);
  await expect(starts(target)).resolves.toMatchObject({ result: 'success' });
  nowMs += 60_000;
  expect(simulator.recipientView(id)).toEqual([
    { fromMs: beganAtMs, toMs: beganAtMs + 45_000, endedBy: 'expired' },
  ]);

  const { baseUrl, apiKey, environment } = simulator.zulip;
  const email = environment['ZULIP_EMAIL'] ?? '';
  await zulip({ baseUrl, apiKey, email }).start(target, {});
  const [theirs, ours] = startsAt(simulator, 'zulip');
  expect(theirs).toMatchObject({ method: ours?.method, path: ours?.path });
  // It sends a form in parts, and leaves out what is the default: we say `type=direct`.
  const fields = Object.entries(Object(ours?.body)).filter(([, value]) => value !== 'direct');
  for (const [field, value] of fields) {
    expect(theirs?.body).toContain(`name="${field}"\r\n\r\n${String(value)}\r\n`);
  }
  // The same credentials, in the same form.
  const keys = simulator.requests({ vendor: 'zulip' }).map(({ status }) => status);
  expect(keys).toEqual([200, 200]);
});

// It throws no error: it hands on what the server says.
test.for<[failure: string, expected: object]>([
  ['invalid-key', { code: 'INVALID_API_KEY' }],
  ['invalid-stream', { code: 'BAD_REQUEST' }],
  ['rate-limited', { code: 'RATE_LIMIT_HIT', 'retry-after': 7 }],
  ['server-error', { result: 'error' }],
])(`${name} reads %s`, async ([failure, expected]) => {
  const { target } = simulator.zulip.createConversation({ to: [9, 10] });
  simulator.faults.add({ kind: 'failure', vendor: 'zulip', failure, retryAfterSeconds: 7 });
  await expect(starts(target)).resolves.toMatchObject(expected);
});

test('what the queue of events tells is read', () => {
  const { targetsIn, inboundIn } = zulipAddress({
    email: simulator.zulip.environment['ZULIP_EMAIL'],
  });
  const { id, target } = simulator.zulip.createConversation({ to: [9, 10] });
  expect(targetsIn?.(simulator.zulip.receiveMessage(id))).toEqual([target]);
  const started = { state: 'started', target };
  expect(inboundIn?.(simulator.zulip.personTypes(id, 'started'))).toMatchObject([started]);
});
