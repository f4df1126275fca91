import { mattermost, type MattermostTarget } from '@typingkit/mattermost';
import { expect, test } from 'vitest';
import { beganAtMs, failureOf, stageFor, startsAt } from './witness.ts';

const name = '@mattermost/client';
const stage = stageFor<MattermostTarget>('mattermost');

test.for([{}, { threadId: 'a1b2c3d4e5f6g7h8i9j0k1l2m3' }])(
  `${name} is seen typing at %j, and sends what our adapter sends`,
  async (options) => {
    const { id, target } = stage.simulator.mattermost.createConversation(options);
    await expect(stage.witness(name).start(target)).resolves.toEqual({ status: 'OK' });
    stage.passes(60_000);
    expect(stage.simulator.recipientView(id)).toEqual([
      { fromMs: beganAtMs, toMs: beganAtMs + 5_000, endedBy: 'expired' },
    ]);

    const { apiKey: token, baseUrl } = stage.simulator.mattermost;
    await mattermost({ token, baseUrl }).start(target, {});
    const [theirs, ours] = startsAt(stage.simulator, 'mattermost');
    expect(theirs).toEqual(ours);
  },
);

test.for<[failure: string, expected: object]>([
  ['session-expired', { status_code: 401 }],
  ['forbidden', { status_code: 403 }],
  ['server-error', { status_code: 500 }],
  // The server says it in plain text, from which the client takes no code.
  ['rate-limited', { status_code: undefined }],
])(`${name} reads %s`, async ([failure, expected]) => {
  const { target } = stage.simulator.mattermost.createConversation();
  stage.simulator.faults.add({ kind: 'failure', vendor: 'mattermost', failure });
  const error = await failureOf(stage.witness(name).start(target));
  expect(error).toMatchObject({ class: 'ClientError', ...expected });
});
