import fc from 'fast-check';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { isThorough } from '../../../../test/long/thorough.ts';
import { Keys } from '../../src/keys.ts';
import { admit, type AdmitGiven } from '../../src/scripts/admit.ts';
import { census } from '../../src/scripts/census.ts';
import { claim } from '../../src/scripts/claim.ts';
import { fence } from '../../src/scripts/fence.ts';
import { forget } from '../../src/scripts/forget.ts';
import { hold } from '../../src/scripts/hold.ts';
import { judge, probeNameOf } from '../../src/scripts/judge.ts';
import { leave, type LeaveReply } from '../../src/scripts/leave.ts';
import { look } from '../../src/scripts/look.ts';
import { message } from '../../src/scripts/message.ts';
import { note } from '../../src/scripts/note.ts';
import { runScript } from '../../src/scripts/script.ts';
import { touch } from '../../src/scripts/touch.ts';
import { wish } from '../../src/scripts/wish.ts';
import { RedisServer } from '../redis/redis-server.ts';
import { Model } from './model.ts';

const processes = ['one', 'two', 'three'];
const conversations = ['home', 'work'];
const startMs = Date.now();
const keys = new Keys('test');

const does = [
  'start',
  'start',
  'refresh',
  'refresh',
  'once',
  'retry',
  'tell',
  'keep',
  'touch',
  'message',
  'leave',
  'leave all',
  'look',
  'wish',
  'census',
  'note',
  'hold',
  'fence',
  'forget',
  'claim',
  'judge',
] as const;

function arbitraryStep(script?: Name) {
  const any = fc.constantFrom(...does);
  const mostly = script === undefined ? any : fc.oneof(any, fc.constantFrom(...stepsOf[script]));
  return fc.record({
    does: mostly,
    afterMs: fc.oneof(fc.nat(50), fc.nat(3_000), fc.constantFrom(900, 1_000, 10_000, 35_000)),
    process: fc.constantFrom(...processes),
    conversation: fc.constantFrom(...conversations),
    holder: fc.nat(2),
    tells: fc.boolean(),
    knows: fc.boolean(),
    number: fc.nat(3),
    verdict: fc.constantFrom('accepted', 'refused', 'nothing', 'given-up'),
  });
}

/** One step of a schedule. What a number means depends on the step. */
type Step = ReturnType<ReturnType<typeof arbitraryStep>['generate']>['value'];

/** By which steps a script is run. */
const stepsOf = {
  admit: ['start', 'refresh', 'once', 'retry', 'tell', 'keep'],
  touch: ['touch'],
  message: ['message'],
  wish: ['wish'],
  leave: ['leave', 'leave all'],
  look: ['look'],
  note: ['note'],
  hold: ['hold'],
  fence: ['fence'],
  forget: ['forget'],
  claim: ['claim'],
  judge: ['judge'],
  census: ['census'],
} as const satisfies Readonly<Record<string, readonly (typeof does)[number][]>>;

/** The name of a script. */
export type Name = keyof typeof stepsOf;

function scriptOf(step: Step['does']): Name {
  const names = Object.keys(stepsOf) as Name[];
  const name = names.find((each) => (stepsOf[each] as readonly string[]).includes(step));
  if (name === undefined) throw new Error(`no script does ${step}`);
  return name;
}

/** Plays random schedules, of which every other step is the given script, on Redis and on the model. */
export function testAgainstModel(name: Name): void {
  test(`${name} decides what a model in plain TypeScript decides, whatever three processes did`, async () => {
    const server = await RedisServer.start();
    const redis = new Redis(server.url);
    let asked = 0;
    try {
      await loadScripts(redis);
      const property = fc.asyncProperty(
        fc.array(arbitraryStep(name), { minLength: 4, maxLength: 40 }),
        async (steps) => {
          const both = play(redis, new Model(), `t${(schedule += 1)}`, steps);
          for (const { name: step, byRedis, byModel, script } of both) {
            if (script === name) asked += 1;
            expect(await byRedis, step).toEqual(byModel);
          }
        },
      );
      await fc.assert(property, { numRuns: isThorough ? 1_000 : 40 });
      expect(asked).toBeGreaterThan(0);
      expect(await immortal(redis)).toEqual([]);
    } finally {
      redis.disconnect();
      await server.close();
    }
  }, 1_800_000);
}

/** Plays random schedules of all scripts on Redis and on the model. */
export async function playMany(redis: Redis, schedules: number): Promise<void> {
  await loadScripts(redis);
  const property = fc.asyncProperty(
    fc.array(arbitraryStep(), { minLength: 1, maxLength: 40 }),
    async (steps) => {
      const both = play(redis, new Model(), `t${(schedule += 1)}`, steps);
      for (const { name, byRedis, byModel } of both) expect(await byRedis, name).toEqual(byModel);
    },
  );
  await fc.assert(property, { numRuns: schedules });
}

let schedule = 0;

/** The keys that never expire. */
export async function immortal(redis: Redis): Promise<string[]> {
  const names = await redis.keys('*');
  const lives = await Promise.all(names.map((name) => redis.pttl(name)));
  return names.filter((_, place) => lives[place] === -1);
}

function inOrder(reply: LeaveReply): LeaveReply {
  return { ...reply, homes: reply.homes.toSorted() };
}

/** Lets Redis know all scripts, so that none is sent twice, and overtaken meanwhile. */
async function loadScripts(redis: Redis): Promise<void> {
  const all = [
    admit,
    census,
    claim,
    fence,
    forget,
    hold,
    judge,
    leave,
    look,
    message,
    note,
    touch,
    wish,
  ];
  for (const { lua } of all) await redis.script('LOAD', lua);
}

interface Both {
  readonly name: string;
  readonly script: Name;
  readonly byRedis: Promise<unknown>;
  readonly byModel: unknown;
}

/** Plays a schedule on Redis and on the model. */
function play(redis: Redis, model: Model, tag: string, steps: readonly Step[]): Both[] {
  const both: Both[] = [];
  /** Under which epoch each process believes to own a conversation. */
  const epochs = new Map<string, number>();
  let nowMs = startMs;
  let probe = '';
  for (const step of steps) {
    nowMs += step.afterMs;
    const { conversation, process } = step;
    const place = { tag, conversation };
    const where = {
      nowMs,
      conversationKey: keys.conversation(place),
      ownedKey: keys.owned(tag, process, 'chat'),
      conversation,
      process,
      epoch: step.knows ? (epochs.get(`${process} ${conversation}`) ?? 0) : 0,
    };
    const id = `${tag}.${conversation}.${conversation}-${step.holder}`;
    const credentialKey = keys.credential(tag);
    const isClosing = step.number === 3;
    // What the model answers decides how the schedule goes on, so that nothing waits for Redis.
    const compare = <Reply>(byRedis: Promise<Reply>, byModel: Reply): Reply => {
      const name = `${both.length} ${step.does}`;
      both.push({ name, script: scriptOf(step.does), byRedis, byModel });
      return byModel;
    };
    switch (step.does) {
      case 'start':
      case 'refresh':
      case 'once':
      case 'retry':
      case 'tell':
      case 'keep': {
        const given: AdmitGiven = {
          ...where,
          credentialKey,
          budgetKey: keys.budget(tag, '-'),
          budget: '-',
          use: step.does,
          channel: 'chat',
          target: `{"chat":"${conversation}"}`,
          requests: 4,
          perMs: 5_000,
          dueInMs: step.number * 1_000,
          visibleForMs: step.number * 1_250,
          holders: step.tells ? [{ id, idleMs: 4_000, hardMs: 3_000 + step.number * 2_000 }] : [],
        };
        const reply = compare(runScript(redis, admit, given), model.admit(given));
        if ('epoch' in reply && reply.epoch > 0) {
          epochs.set(`${process} ${conversation}`, reply.epoch);
        }
        if (reply.says === 'go' && reply.trust === 'probe') {
          probe = probeNameOf(process, conversation, nowMs);
        }
        break;
      }
      case 'touch':
        compare(runScript(redis, touch, { ...where, id }), model.touch({ ...where, id }));
        break;
      case 'message': {
        const given = { ...where, id: step.tells ? id : '' };
        compare(runScript(redis, message, given), model.message(given));
        break;
      }
      case 'leave':
      case 'leave all': {
        const given = { ...where, ids: step.does === 'leave' ? [id] : [] };
        compare(runScript(redis, leave, given).then(inOrder), inOrder(model.leave(given)));
        break;
      }
      case 'look':
        compare(runScript(redis, look, where), model.look(where));
        break;
      case 'wish': {
        const given = { ...where, id, wishes: `{"status":"wish ${step.number}"}` };
        compare(runScript(redis, wish, given), model.wish(given));
        break;
      }
      case 'census': {
        const countsKey = keys.counts(tag, '-');
        const given = { nowMs, countsKey, process, count: step.number, forMs: 2_000 };
        compare(runScript(redis, census, given), model.census(given));
        break;
      }
      case 'note': {
        const given = { ...where, dueInMs: step.number * 500, visibleForMs: step.number * 600 };
        compare(runScript(redis, note, given), model.note(given));
        break;
      }
      case 'hold': {
        const budget = step.tells ? '-' : undefined;
        const given = { nowMs, credentialKey, budget, forMs: step.number * 700 };
        compare(runScript(redis, hold, given), model.hold(given));
        break;
      }
      case 'fence': {
        const given = { ...where, gone: step.tells ? [id] : [], isClosing };
        compare(runScript(redis, fence, given), model.fence(given));
        break;
      }
      case 'forget': {
        const given = { ...where, isClosing };
        compare(runScript(redis, forget, given), model.forget(given));
        break;
      }
      case 'claim': {
        const from = processes[step.number % 3] ?? 'one';
        const given = {
          nowMs,
          from,
          process,
          fromKey: keys.owned(tag, from, 'chat'),
          ownedKey: where.ownedKey,
          conversations: [{ name: conversation, ...where }],
        };
        const claimed = compare(runScript(redis, claim, given), model.claim(given));
        for (const { epoch } of claimed) epochs.set(`${process} ${conversation}`, epoch);
        break;
      }
      case 'judge': {
        const given = {
          nowMs,
          credentialKey,
          verdict: step.verdict,
          probe: step.knows ? probe : '',
        };
        compare(runScript(redis, judge, given), model.judge(given));
      }
    }
  }
  return both;
}
