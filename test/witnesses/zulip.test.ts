import { zulip, zulipAddress, type ZulipTarget } from '@typingkit/zulip';
import { expect, test } from 'vitest';
import { beganAtMs, stageFor, startsAt } from './witness.ts';

const name = 'zulip-js';

const stage = stageFor<ZulipTarget>('zulip');

function starts(target: ZulipTarget): Promise<unknown> {
  return stage.witness(name).start(target);
}

test.for<ZulipTarget & { readonly to: readonly number[] }>([
  { to: [9, 10] },
  { to: [7], topic: 'Support' },
])(`${name} is seen typing at %j, and means what our adapter means`, async (options) => {
  const { id, target } = stage.simulator.zulip.createConversation(options);
  await expect(starts(target)).resolves.toMatchObject({ result: 'success' });
  stage.passes(60_000);
  expect(stage.simulator.recipientView(id)).toEqual([
    { fromMs: beganAtMs, toMs: beganAtMs + 45_000, endedBy: 'expired' },
  ]);

  const { baseUrl, apiKey, environment } = stage.simulator.zulip;
  const email = environment['ZULIP_EMAIL'] ?? '';
  await zulip({ baseUrl, apiKey, email }).start(target, {});
  const [theirs, ours] = startsAt(stage.simulator, 'zulip');
  expect(theirs).toMatchObject({ method: ours?.method, path: ours?.path });
  // It sends a form in parts, and leaves out what is the default: we say `type=direct`.
  const fields = Object.entries(Object(ours?.body)).filter(([, value]) => value !== 'direct');
  for (const [field, value] of fields) {
    expect(theirs?.body).toContain(`name="${field}"\r\n\r\n${String(value)}\r\n`);
  }
  // The same credentials, in the same form.
  const keys = stage.simulator.requests({ vendor: 'zulip' }).map(({ status }) => status);
  expect(keys).toEqual([200, 200]);
});

// It throws no error: it hands on what the server says.
test.for<[failure: string, expected: object]>([
  ['invalid-key', { code: 'INVALID_API_KEY' }],
  ['invalid-stream', { code: 'BAD_REQUEST' }],
  ['rate-limited', { code: 'RATE_LIMIT_HIT', 'retry-after': 7 }],
  ['server-error', { result: 'error' }],
])(`${name} reads %s`, async ([failure, expected]) => {
  const { target } = stage.simulator.zulip.createConversation({ to: [9, 10] });
  stage.simulator.faults.add({ kind: 'failure', vendor: 'zulip', failure, retryAfterSeconds: 7 });
  await expect(starts(target)).resolves.toMatchObject(expected);
});

test('what the queue of events tells is read', () => {
  const { targetsIn, inboundIn } = zulipAddress({
    email: stage.simulator.zulip.environment['ZULIP_EMAIL'],
  });
  const { id, target } = stage.simulator.zulip.createConversation({ to: [9, 10] });
  expect(targetsIn?.(stage.simulator.zulip.receiveMessage(id))).toEqual([target]);
  const started = { state: 'started', target };
  expect(inboundIn?.(stage.simulator.zulip.personTypes(id, 'started'))).toMatchObject([started]);
});
