import { twilio, type TwilioTarget } from '@typingkit/twilio';
import { describe, expect, test } from 'vitest';
import { beganAtMs, failureOf, stageFor, startsAt } from './witness.ts';

const name = 'twilio';

describe.each([
  ['twilio', 25_000],
  ['twilioApple', 60_000],
] as const)(`${name} on the simulated %s`, (vendor, lifetimeMs) => {
  const stage = stageFor<TwilioTarget>(vendor, {}, 'twilio');

  test('is seen typing, and sends what our adapter sends', async () => {
    const { id, target } = stage.simulator[vendor].createConversation();
    await stage.witness(name).start(parsed(target));
    stage.passes(120_000);
    expect(stage.simulator.recipientView(id)).toEqual([
      { fromMs: beganAtMs, toMs: beganAtMs + lifetimeMs, endedBy: 'expired' },
    ]);

    await ours().start(parsed(target), {});
    const [theirs, own] = startsAt(stage.simulator, vendor);
    expect(theirs).toEqual(own);
    const [theirKey, ourKey] = stage.simulator.requests({ vendor }).map(({ status }) => status);
    expect([theirKey, ourKey]).toEqual([200, 200]);
  });

  test.for<[failure: string, expected: object]>([
    ['invalid-message', { status: 400, code: 20_001 }],
    ['unauthorized', { status: 401, code: 20_003 }],
    ['forbidden', { status: 403, code: 20_403 }],
    ['rate-limited', { status: 429, code: 20_429 }],
    ['server-error', { status: 500, code: 20_500 }],
  ])('reads %s', async ([failure, expected]) => {
    const { target } = stage.simulator[vendor].createConversation();
    stage.simulator.faults.add({ kind: 'failure', vendor, failure });
    const error = await failureOf(stage.witness(name).start(parsed(target)));
    expect(error).toMatchObject({ class: 'RestException', ...expected });
  });

  test('takes a success that is none for one', async () => {
    const { target } = stage.simulator[vendor].createConversation();
    stage.simulator.faults.add({ kind: 'failure', vendor, failure: 'unsuccessful' });
    await expect(stage.witness(name).start(parsed(target))).resolves.toMatchObject({
      success: false,
    });
  });

  function ours() {
    const { apiKey: authToken, environment } = stage.simulator[vendor];
    const accountSid = environment['TWILIO_ACCOUNT_SID'] ?? '';
    const baseUrl = environment['TWILIO_API_URL'];
    return twilio({ credentials: { accountSid, authToken }, baseUrl });
  }
  function parsed(target: object): TwilioTarget {
    return ours().parseTarget(target);
  }
});
