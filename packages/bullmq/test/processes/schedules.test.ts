import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isThorough } from '../../../../test/long/thorough.ts';
import { hasRedis, RedisServer } from '../redis/redis-server.ts';
import { Members, wait, type WireLine } from './members.ts';

const leaseMs = 300;
const refreshMs = 300;
const ttlMs = 900;
const vendorMs = 15;
/** How long a machine that is busy may take for what should take no time, in milliseconds. */
const slackMs = 700;
/** After how long all is as it should be, whatever has happened. */
const recoveryMs = 3_000;

const runs = Number(process.env['FC_RUNS'] ?? (isThorough ? 40 : 1));

/** What should be, as far as one who only gives orders can know. */
interface Expected {
  readonly sessions: Map<
    string,
    { readonly chat: string; isStopped: boolean; readonly idleMs: number }
  >;
  readonly frozen: Set<number>;
  /** Whom a run may still kill. */
  kills: number;
}

/** What is: three processes, their Redis, and the vendor. */
interface World {
  readonly run: number;
  readonly members: Members;
  readonly server: RedisServer;
  /** The numbers of those that are alive. */
  readonly alive: number[];
  readonly stoppedAtMs: Map<string, number>;
  readonly thaws: Promise<void>[];
  /** When something was done that lets a start come late. */
  readonly disturbedAtMs: number[];
}

type Act = (expected: Expected, world: World) => Promise<void>;

/** One thing that happens. */
class Happening implements fc.AsyncCommand<Expected, World> {
  readonly #name: string;
  readonly #may: (expected: Readonly<Expected>) => boolean;
  readonly #act: Act;

  constructor(name: string, may: (expected: Readonly<Expected>) => boolean, act: Act) {
    this.#name = name;
    this.#may = may;
    this.#act = act;
  }

  check(expected: Readonly<Expected>): boolean {
    return this.#may(expected);
  }

  run(expected: Expected, world: World): Promise<void> {
    return this.#act(expected, world);
  }

  toString(): string {
    return this.#name;
  }
}

const always = (): boolean => true;
const member = fc.nat(2);
const session = fc.constantFrom('one', 'two', 'three');
const chat = fc.constantFrom('home', 'work');

const happenings = [
  fc.tuple(member, session, chat, fc.constantFrom(700, 60_000)).map(
    ([by, name, where, idleMs]) =>
      new Happening(
        `${by} opens ${name} in ${where} for ${idleMs}`,
        ({ frozen, sessions }) => !frozen.has(by) && !sessions.has(name),
        async (expected, world) => {
          expected.sessions.set(name, { chat: where, isStopped: false, idleMs });
          world.members.keep(
            world.alive[by] ?? 0,
            nameIn(world, name),
            nameIn(world, where),
            idleMs,
          );
          await wait(60);
        },
      ),
  ),
  fc
    .tuple(
      member,
      session,
      fc.constantFrom('touch' as const, 'messageSent' as const, 'stop' as const),
    )
    .map(
      ([by, name, order]) =>
        new Happening(
          `${by}: ${order} ${name}`,
          ({ frozen, sessions }) => !frozen.has(by) && sessions.get(name)?.isStopped === false,
          async ({ sessions }, world) => {
            const known = sessions.get(name);
            // TypeScript does not know what `check` has seen.
            if (!known) return;
            // Only what is known elsewhere can be stopped from elsewhere.
            if (!world.members.isEstablished(nameIn(world, name))) return;
            if (order === 'stop') {
              known.isStopped = true;
              const isLast = ![...sessions.values()].some(
                (other) => other.chat === known.chat && !other.isStopped,
              );
              if (isLast) world.stoppedAtMs.set(nameIn(world, known.chat), Date.now());
            }
            world.members.toSession(world.alive[by] ?? 0, order, nameIn(world, name));
            await wait(60);
          },
        ),
    ),
  member.map(
    (by) =>
      new Happening(
        `${by} is killed`,
        ({ frozen, kills }) => kills > 0 && !frozen.has(by),
        async (expected, world) => {
          expected.kills -= 1;
          world.disturbedAtMs.push(Date.now());
          world.members.signal(world.alive[by] ?? 0, 'SIGKILL');
          world.alive[by] = await world.members.start();
        },
      ),
  ),
  fc.tuple(member, fc.constantFrom(200, 600, 1_200)).map(
    ([by, forMs]) =>
      new Happening(
        `${by} freezes for ${forMs}`,
        ({ frozen }) => frozen.size === 0,
        async (expected, world) => {
          expected.frozen.add(by);
          const number = world.alive[by] ?? 0;
          world.members.signal(number, 'SIGSTOP');
          world.disturbedAtMs.push(Date.now());
          world.thaws.push(
            wait(forMs).then(() => {
              world.members.signal(number, 'SIGCONT');
              world.disturbedAtMs.push(Date.now());
              expected.frozen.delete(by);
            }),
          );
          await wait(20);
        },
      ),
  ),
  fc.constantFrom(200, 800).map(
    (forMs) =>
      new Happening(`Redis freezes for ${forMs}`, always, async (_, world) => {
        world.disturbedAtMs.push(Date.now());
        world.server.signal('SIGSTOP');
        await wait(forMs);
        world.server.signal('SIGCONT');
        world.disturbedAtMs.push(Date.now());
      }),
  ),
  fc
    .constantFrom(100, 400)
    .map((forMs) => new Happening(`${forMs} ms pass`, always, async () => wait(forMs))),
];

describe.skipIf(!hasRedis || !isThorough)(
  'whatever happens to three processes and their Redis',
  () => {
    let server: RedisServer;
    let members: Members;
    const alive: number[] = [];

    beforeAll(async () => {
      server = await RedisServer.start();
      members = new Members({ redis: server.url, leaseMs, refreshMs, ttlMs, vendorMs });
      await members.startMany(3);
      alive.push(0, 1, 2);
    });

    afterAll(async () => {
      members.close();
      await server.close();
    });

    test('a conversation shows while a session holds it, from one process, and not after the last stop', async () => {
      let run = 0;
      const property = fc.asyncProperty(
        fc.commands(happenings, { maxCommands: 14 }),
        async (commands) => {
          run += 1;
          const world: World = {
            run,
            members,
            server,
            alive,
            stoppedAtMs: new Map(),
            thaws: [],
            disturbedAtMs: [],
          };
          const expected: Expected = { sessions: new Map(), frozen: new Set(), kills: 2 };
          await fc.asyncModelRun(() => ({ model: expected, real: world }), commands);
          await Promise.all(world.thaws);
          await judge(expected, world);
        },
      );
      await fc.assert(property, {
        numRuns: runs,
        interruptAfterTimeLimit: 1_500_000,
        endOnFailure: true,
      });
      expect(run).toBe(runs);
    }, 1_800_000);
  },
);

function nameIn({ run }: World, name: string): string {
  return `${run} ${name}`;
}

/** Looks at what has reached the vendor, when everything has had time to become right. */
async function judge(expected: Expected, world: World): Promise<void> {
  const { members } = world;
  await wait(recoveryMs);
  const nowMs = Date.now();
  const chats = [...new Set([...expected.sessions.values()].map((each) => each.chat))];
  for (const where of chats) {
    const name = nameIn(world, where);
    const lasting = [...expected.sessions].filter(
      ([id, each]) =>
        each.chat === where &&
        !each.isStopped &&
        each.idleMs > 10_000 &&
        members.isEstablished(nameIn(world, id)),
    );
    const late = members.startsOf(name).filter(({ atMs }) => atMs > nowMs - refreshMs - slackMs);
    expect(lasting.length > 0 && late.length === 0, `${where} is held, and does not show`).toBe(
      false,
    );
    expect(new Set(late.map(({ by }) => by)).size, `${where} is shown by one`).toBeLessThanOrEqual(
      1,
    );
  }
  expect(overlaps(world), 'starts that were in flight at the same time').toEqual([]);
  expect(startsAfterStop(expected, world), 'starts after the last stop').toEqual([]);

  // And when the last one goes, nothing is left.
  for (const [id, each] of expected.sessions) {
    if (!each.isStopped) members.toSession(world.alive[0] ?? 0, 'stop', nameIn(world, id));
  }
  await wait(ttlMs + slackMs);
  const quietSinceMs = Date.now() - slackMs / 2;
  const loud = chats.filter((where) => {
    const isCertain = [...expected.sessions].every(
      ([id, each]) => each.chat !== where || members.isEstablished(nameIn(world, id)),
    );
    const last = members.startsOf(nameIn(world, where)).at(-1);
    return isCertain && last !== undefined && last.atMs > quietSinceMs;
  });
  expect(loud, 'shown though nobody holds them').toEqual([]);
  expect(members.failures).toEqual([]);
}

function isDisturbed({ disturbedAtMs }: World, atMs: number): boolean {
  return disturbedAtMs.some((whenMs) => atMs > whenMs - slackMs && atMs < whenMs + slackMs);
}

/** Two starts of one conversation, by different processes, of which one began before the other had ended. */
function overlaps(world: World): string[] {
  const { members, run } = world;
  const lines = members.wire
    .filter((line) => line.chat.startsWith(`${run} `))
    .toSorted((one, other) => one.atMs - other.atMs);
  const open = new Map<string, WireLine>();
  const found: string[] = [];
  for (const line of lines) {
    const key = `${line.chat} ${line.by}`;
    if (line.what === 'started') open.delete(key);
    if (line.what !== 'start') continue;
    for (const other of open.values()) {
      const isDouble =
        other.chat === line.chat && other.by !== line.by && line.atMs - other.atMs < 5 * vendorMs;
      if (isDouble && !isDisturbed(world, line.atMs)) found.push(`${line.chat} at ${line.atMs}`);
    }
    open.set(key, line);
  }
  return found;
}

function startsAfterStop({ sessions }: Expected, world: World): string[] {
  const found: string[] = [];
  for (const [name, stoppedAtMs] of world.stoppedAtMs) {
    const own = [...sessions].filter(([, each]) => nameIn(world, each.chat) === name);
    // Where another one was opened later, it may show again.
    if (own.some(([, each]) => !each.isStopped)) continue;
    for (const { atMs } of world.members.startsOf(name)) {
      const isLate = atMs > stoppedAtMs + slackMs;
      if (isLate && !isDisturbed(world, atMs)) found.push(`${name} ${atMs - stoppedAtMs} ms late`);
    }
  }
  return found;
}
