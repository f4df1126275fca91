import { bluebubbles, type BlueBubblesTarget } from '@typingkit/bluebubbles';
import { expect, test } from 'vitest';
import { beganAtMs, failureOf, stageFor, startsAt } from './witness.ts';

const name = '@photon-ai/advanced-imessage-kit';
const stage = stageFor<BlueBubblesTarget>('bluebubbles', { bluebubbles: { isPhoton: true } });

test.for([{}, { isGroup: true }])(
  `${name} is seen typing at %j, and sends what our adapter sends`,
  async (options) => {
    const { id, target } = stage.simulator.bluebubbles.createConversation(options);
    await stage.witness(name).start(target);
    stage.passes(60_000);
    expect(stage.simulator.recipientView(id)).toEqual([
      { fromMs: beganAtMs, toMs: beganAtMs + 15_000, endedBy: 'expired' },
    ]);

    const { apiKey: password, baseUrl } = stage.simulator.bluebubbles;
    await bluebubbles({ password, baseUrl, service: 'photon' }).start(target, {});
    const [theirs, ours] = startsAt(stage.simulator, 'bluebubbles');
    // It says that it sends a form, and sends nothing.
    expect(theirs).toEqual({ ...ours, body: {} });
    expect(ours?.body).toBe('');
  },
);

test.for<[failure: string, status: number]>([
  ['unauthorized', 401],
  ['without-private-api', 500],
  ['not-found', 404],
  ['tunnel-down', 530],
])(`${name} reads %s`, async ([failure, status]) => {
  const { target } = stage.simulator.bluebubbles.createConversation();
  stage.simulator.faults.add({ kind: 'failure', vendor: 'bluebubbles', failure });
  const error = await failureOf(stage.witness(name).start(target));
  expect(error).toMatchObject({ class: 'AxiosError', status });
});
