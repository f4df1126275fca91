import { matrix, matrixAddress, type MatrixTarget } from '@typingkit/matrix';
import { startSimulator, type Simulator } from '@typingkit/simulator';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { failureOf, loadClients, startsAt, type Witnesses } from './witness.ts';

interface Clients {
  readonly witnesses: Witnesses<MatrixTarget>;
  stop(baseUrl: string, accessToken: string, roomId: string): Promise<unknown>;
  handOn(roomId: string, event: object): unknown;
}

const name = 'matrix-js-sdk';
const beganAtMs = Date.UTC(2026, 10, 20, 12);

let clients: Clients;
let simulator: Simulator;
let nowMs: number;

beforeAll(async () => {
  clients = await loadClients('matrix');
});
beforeEach(async () => {
  nowMs = beganAtMs;
  simulator = await startSimulator({ now: () => nowMs });
});
afterEach(() => simulator.close());

async function starts(target: MatrixTarget): Promise<void> {
  await clients.witnesses[name]?.(simulator.matrix).start(target);
}

test.for(['!wefh3sfukhs:example.org', '!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM'])(
  `${name} is seen typing in %s, and sends what our adapter sends`,
  async (roomId) => {
    const { baseUrl, apiKey } = simulator.matrix;
    const { id, target } = simulator.matrix.createConversation({ roomId });
    await starts(target);
    nowMs += 10_000;
    await clients.stop(baseUrl, apiKey, roomId);
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: beganAtMs, toMs: beganAtMs + 10_000, endedBy: 'stopped' },
    ]);

    const provider = matrix({ baseUrl, accessToken: apiKey, userId: '@bot:example.org' });
    await provider.start(target, {});
    await provider.stop?.(target, {});
    const [theirs, ours] = startsAt(simulator, 'matrix');
    expect(theirs).toEqual(ours);
    const stops = simulator.requests().filter(({ intent }) => intent === 'stop');
    expect(stops[0]).toMatchObject({ path: stops[1]?.path, body: stops[1]?.body });
  },
);

test('what it hands on is read as what the server sent', () => {
  const { id, target } = simulator.matrix.createConversation();
  const { targetsIn, inboundIn } = matrixAddress();
  const [message] = roomIn(simulator.matrix.receiveMessage(id)).timeline.events;
  const [typing] = roomIn(simulator.matrix.personTypes(id, 'started')).ephemeral.events;
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
  const { target } = simulator.matrix.createConversation();
  simulator.faults.add({ kind: 'failure', vendor: 'matrix', failure, retryAfterSeconds: 7 });
  const error = await failureOf(starts(target));
  expect(error).toMatchObject({ class: 'MatrixError', ...expected });
});
