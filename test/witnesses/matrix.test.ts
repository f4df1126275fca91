import { matrix, matrixAddress, type MatrixTarget } from '@typingkit/matrix';
import { beforeAll, expect, test } from 'vitest';
import { beganAtMs, failureOf, loadClients, stageFor, startsAt } from './witness.ts';

interface Clients {
  stop(baseUrl: string, accessToken: string, roomId: string): Promise<unknown>;
  handOn(roomId: string, event: object): unknown;
}

const name = 'matrix-js-sdk';

const stage = stageFor<MatrixTarget>('matrix');
let clients: Clients;
beforeAll(async () => {
  clients = await loadClients('matrix');
});

async function starts(target: MatrixTarget): Promise<void> {
  await stage.witness(name).start(target);
}

test.for(['!wefh3sfukhs:example.org', '!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM'])(
  `${name} is seen typing in %s, and sends what our adapter sends`,
  async (roomId) => {
    const { baseUrl, apiKey } = stage.simulator.matrix;
    const { id, target } = stage.simulator.matrix.createConversation({ roomId });
    await starts(target);
    stage.passes(10_000);
    await clients.stop(baseUrl, apiKey, roomId);
    expect(stage.simulator.recipientView(id)).toEqual([
      { fromMs: beganAtMs, toMs: beganAtMs + 10_000, endedBy: 'stopped' },
    ]);

    const provider = matrix({ baseUrl, accessToken: apiKey, userId: '@bot:example.org' });
    await provider.start(target, {});
    await provider.stop?.(target, {});
    const [theirs, ours] = startsAt(stage.simulator, 'matrix');
    expect(theirs).toEqual(ours);
    const stops = stage.simulator.requests().filter(({ intent }) => intent === 'stop');
    expect(stops[0]).toMatchObject({ path: stops[1]?.path, body: stops[1]?.body });
  },
);

test('what it hands on is read as what the server sent', () => {
  const { id, target } = stage.simulator.matrix.createConversation();
  const { targetsIn, inboundIn } = matrixAddress();
  const [message] = roomIn(stage.simulator.matrix.receiveMessage(id)).timeline.events;
  const [typing] = roomIn(stage.simulator.matrix.personTypes(id, 'started')).ephemeral.events;
  expect(targetsIn?.(clients.handOn(id, message))).toEqual([target]);
  expect(inboundIn?.(clients.handOn(id, typing))).toMatchObject([{ state: 'started', target }]);
});

function roomIn(sync: object): { timeline: { events: [object] }; ephemeral: { events: [object] } } {
  return Object.values(Object(sync).rooms.join)[0] as never;
}

test.for<[failure: string, expected: object]>([
  ['not-in-room', { httpStatus: 403, errcode: 'M_FORBIDDEN' }],
  ['another-user', { httpStatus: 400, errcode: 'M_FORBIDDEN' }],
  ['unknown-token', { httpStatus: 401, errcode: 'M_UNKNOWN_TOKEN' }],
  ['rate-limited', { httpStatus: 429, data: { retry_after_ms: 7_000 } }],
  ['server-error', { httpStatus: 500, errcode: 'M_UNKNOWN' }],
])(`${name} reads %s`, async ([failure, expected]) => {
  const { target } = stage.simulator.matrix.createConversation();
  stage.simulator.faults.add({ kind: 'failure', vendor: 'matrix', failure, retryAfterSeconds: 7 });
  const error = await failureOf(starts(target));
  expect(error).toMatchObject({ class: 'MatrixError', ...expected });
});
