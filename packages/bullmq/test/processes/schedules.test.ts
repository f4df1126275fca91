import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { isThorough } from '../../../../test/long/thorough.ts';
import { addressOf, Keys } from '../../src/keys.ts';
import { memberOf } from '../../src/scripts/script.ts';
import { hasRedis, RedisServer } from '../redis/redis-server.ts';
import { watchRedis } from './lateness.ts';
import { Members, wait, type WireLine } from './members.ts';

const leaseMs = 300;
const refreshMs = 300;
const ttlMs = 900;
const vendorMs = 15;
/** How long after something was frozen or killed what it did before may still come, in milliseconds. */
const aftermathMs = 700;
/** How long what was admitted may take to the vendor, where the machine is not late, in milliseconds. */
const onTheWayMs = 100;
/** From what lateness on nobody can tell what is the machine's and what is ours, in milliseconds. */
const tooLateMs = leaseMs / 4;
/** For how long it is waited until all is as it should be, however slow the machine is, in milliseconds. */
const patienceMs = 45_000;

/** How many schedules are played, and in how many worlds at the same time. */
const { SCHEDULES, SCHEDULE_SEED } = process.env;
const schedules = Number(SCHEDULES ?? 200);
const worldsAtOnce = 4;
/** The ordinary run plays the same schedules every time. `SCHEDULES` searches. */
const seed = SCHEDULE_SEED ?? (SCHEDULES === undefined ? 13 : undefined);

/** What should be, as far as one who only gives orders can know. */
interface Expected {
  readonly sessions: Map<string, ExpectedSession>;
  readonly frozen: Set<number>;
  /** Whom a run may still kill. */
  kills: number;
}

interface ExpectedSession {
  readonly chat: string;
  readonly idleMs: number;
  /** The number of the process that has opened it. */
  readonly home: number;
  isStopped: boolean;
}

/** What is: three processes, their Redis, and the vendor. */
interface World {
  readonly run: number;
  readonly members: Members;
  readonly server: RedisServer;
  readonly redis: Redis;
  /** The numbers of those that are alive. */
  readonly alive: number[];
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
          const home = world.alive[by] ?? 0;
          expected.sessions.set(name, { chat: where, isStopped: false, idleMs, home });
          world.members.keep(home, nameIn(world, name), nameIn(world, where), idleMs);
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
            if (!(await isInRedis(world, name))) return;
            if (order === 'stop') known.isStopped = true;
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
          const thaw = world.members.freeze(world.alive[by] ?? 0);
          world.disturbedAtMs.push(Date.now());
          world.thaws.push(
            wait(forMs).then(() => {
              thaw();
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
    const open: (() => Promise<void>)[] = [];

    afterEach(async () => {
      await Promise.all(open.splice(0).map((close) => close()));
    });

    async function begin(): Promise<Omit<World, 'run' | 'thaws' | 'disturbedAtMs'>> {
      const server = await RedisServer.start();
      const redis = new Redis(server.url, { maxRetriesPerRequest: null });
      const members = new Members({ redis: server.url, leaseMs, refreshMs, ttlMs, vendorMs });
      const unwatch = watchRedis(server.url, members.lateness);
      open.push(async () => {
        unwatch();
        members.close();
        redis.disconnect();
        await server.close();
      });
      await members.startMany(3);
      return { server, redis, members, alive: [0, 1, 2] };
    }

    test('a conversation shows while a session holds it, from one process, and not after the last stop', async () => {
      let runs = 0;
      const share = Math.ceil(schedules / worldsAtOnce);
      const play = async (place: number): Promise<void> => {
        const its = await begin();
        const property = fc.asyncProperty(
          fc.commands(happenings, { maxCommands: 14 }),
          async (commands) => {
            runs += 1;
            const world: World = { ...its, run: runs, thaws: [], disturbedAtMs: [] };
            const expected: Expected = { sessions: new Map(), frozen: new Set(), kills: 1 };
            await fc.asyncModelRun(() => ({ model: expected, real: world }), commands);
            await Promise.all(world.thaws);
            await judge(expected, world);
          },
        );
        const seeded = seed === undefined ? {} : { seed: Number(seed) + place };
        await fc.assert(property, { ...seeded, numRuns: share, endOnFailure: true });
        await expect.poll(() => immortal(its.redis, its.members.prefix)).toEqual([]);
      };
      await Promise.all(Array.from({ length: worldsAtOnce }, (_, place) => play(place)));
      expect(runs).toBe(share * worldsAtOnce);
    }, 1_800_000);
  },
);

function nameIn({ run }: World, name: string): string {
  return `${run} ${name}`;
}

/** The keys that never expire. */
async function immortal(redis: Redis, prefix: string): Promise<string[]> {
  const keys = await redis.keys(`${prefix}:*`);
  const lives = await Promise.all(keys.map((key) => redis.pttl(key)));
  return keys.filter((_, place) => lives[place] === -1);
}

/** Whether Redis knows of a session. */
async function isInRedis(world: World, name: string): Promise<boolean> {
  const address = addressOf(world.members.idOf(nameIn(world, name)) ?? '');
  if (!address) return false;
  const key = new Keys(world.members.prefix).conversation(address);
  return (await world.redis.hexists(key, `i:${memberOf(address.id)}`)) === 1;
}

/** Looks at what has reached the vendor, as soon as everything has become right. */
async function judge(expected: Expected, world: World): Promise<void> {
  const { members } = world;
  const chats = [...new Set([...expected.sessions.values()].map((each) => each.chat))];
  const lasting = new Set<string>();
  for (const [name, { chat: where, home, idleMs, isStopped }] of expected.sessions) {
    if (isStopped || idleMs < 10_000) continue;
    // A process that was killed before it had told of a session takes it along.
    if (world.alive.includes(home) || (await isInRedis(world, name))) lasting.add(where);
  }
  const sinceMs = Date.now();
  const dark = (): string[] =>
    [...lasting].filter((where) => {
      const newest = members.startsOf(nameIn(world, where)).slice(-3);
      const isSteady = newest.length === 3 && new Set(newest.map(({ by }) => by)).size === 1;
      return !isSteady || (newest.at(-2)?.atMs ?? 0) < sinceMs;
    });
  await expect
    .poll(dark, { timeout: patienceMs, interval: 30, message: 'held, and not shown by one' })
    .toEqual([]);
  expect(overlaps(world), 'starts that were in flight at the same time').toEqual([]);
  expect(startsAfterStop(expected, world), 'starts after the last stop').toEqual([]);

  // And when the last one goes, nothing is left.
  const loud = async (): Promise<string[]> => {
    for (const [id, each] of expected.sessions) {
      if (each.isStopped && !(await isInRedis(world, id))) continue;
      members.toSession(world.alive[0] ?? 0, 'stop', nameIn(world, id));
    }
    const quietSinceMs = Date.now() - ttlMs;
    return chats.filter((where) =>
      members.startsOf(nameIn(world, where)).some(({ atMs }) => atMs > quietSinceMs),
    );
  };
  await expect
    .poll(loud, { timeout: patienceMs, interval: 300, message: 'shown though nobody holds them' })
    .toEqual([]);
  expect(members.failures).toEqual([]);
}

/** Whether what was late here may be so because something was frozen or killed, or because the machine is slow. */
function isDisturbed({ disturbedAtMs, members }: World, fromMs: number, toMs: number): boolean {
  return (
    disturbedAtMs.some((atMs) => atMs > fromMs - aftermathMs && atMs < toMs + aftermathMs) ||
    members.lateness.worstMs(fromMs - aftermathMs, toMs + aftermathMs) > tooLateMs
  );
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
      if (isDouble && !isDisturbed(world, other.atMs, line.atMs)) {
        found.push(`${line.chat} at ${line.atMs}`);
      }
    }
    open.set(key, line);
  }
  return found;
}

function startsAfterStop({ sessions }: Expected, world: World): string[] {
  const { members } = world;
  const found: string[] = [];
  for (const where of new Set([...sessions.values()].map((each) => each.chat))) {
    const own = [...sessions].filter(([, each]) => each.chat === where);
    // Where another one was opened later, it may show again.
    if (own.some(([, each]) => !each.isStopped)) continue;
    const stops = own.map(([name]) =>
      members.stoppedAtMs.get(members.idOf(nameIn(world, name)) ?? ''),
    );
    if (stops.includes(undefined)) continue;
    const stoppedAtMs = Math.max(...stops.map(Number));
    for (const { atMs } of members.startsOf(nameIn(world, where))) {
      const isLate = atMs > stoppedAtMs + onTheWayMs;
      if (isLate && !isDisturbed(world, stoppedAtMs, atMs)) {
        found.push(`${where} ${atMs - stoppedAtMs} ms late`);
      }
    }
  }
  return found;
}
