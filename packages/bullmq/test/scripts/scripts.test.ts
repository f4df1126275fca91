import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isThorough } from '../../../../test/long/thorough.ts';
import { Keys } from '../../src/keys.ts';
import { admit, type AdmitGiven } from '../../src/scripts/admit.ts';
import { hold, leave, message, note, touch } from '../../src/scripts/holding.ts';
import { judge, probeNameOf } from '../../src/scripts/judge.ts';
import { claim, fence, forget } from '../../src/scripts/owning.ts';
import { runScript } from '../../src/scripts/script.ts';
import { hasRedis, RedisServer } from '../redis/redis-server.ts';
import { Model } from './model.ts';

const processes = ['one', 'two', 'three'];
const conversations = ['home', 'work'];
const startMs = Date.now();
const keys = new Keys('test');

/** One step of a schedule. What a number means depends on the step. */
const arbitraryStep = fc.record({
  does: fc.constantFrom(
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
    'note',
    'hold',
    'fence',
    'forget',
    'claim',
    'judge',
  ),
  afterMs: fc.oneof(fc.nat(50), fc.nat(3_000), fc.constantFrom(900, 1_000, 10_000, 35_000)),
  process: fc.constantFrom(...processes),
  conversation: fc.constantFrom(...conversations),
  holder: fc.nat(2),
  tells: fc.boolean(),
  knows: fc.boolean(),
  number: fc.nat(3),
  verdict: fc.constantFrom('accepted', 'refused', 'nothing', 'given-up'),
});
type Step = ReturnType<typeof arbitraryStep.generate>['value'];

describe.skipIf(!hasRedis)('what the scripts decide', () => {
  let server: RedisServer;
  let redis: Redis;

  beforeAll(async () => {
    server = await RedisServer.start();
    redis = new Redis(server.url);
  });

  afterAll(async () => {
    redis.disconnect();
    await server.close();
  });

  test('is what a model in plain TypeScript decides, whatever three processes do', async () => {
    let schedule = 0;
    const property = fc.asyncProperty(
      fc.array(arbitraryStep, { minLength: 1, maxLength: 40 }),
      async (steps) => {
        schedule += 1;
        const both = await play(redis, new Model(), `t${schedule}`, steps);
        for (const { name, byRedis, byModel } of both) {
          expect(byRedis, name).toEqual(byModel);
        }
      },
    );
    await fc.assert(property, { numRuns: isThorough ? 10_000 : 300 });
  }, 600_000);

  test('leaves no key that never expires', async () => {
    const immortal: string[] = [];
    for (const key of await redis.keys('*')) {
      if ((await redis.pttl(key)) === -1) immortal.push(key);
    }
    expect(immortal).toEqual([]);
  });

  test('is decided all the same after SCRIPT FLUSH', async () => {
    const given = { nowMs: 0, credentialKey: 'flushed', verdict: 'refused', probe: '' } as const;
    await redis.script('FLUSH');
    await expect(runScript(redis, judge, given)).resolves.toEqual({
      says: 'suspended',
      forMs: 1_000,
    });
  });
});

interface Both {
  readonly name: string;
  readonly byRedis: unknown;
  readonly byModel: unknown;
}

/** Plays a schedule on Redis and on the model. */
async function play(
  redis: Redis,
  model: Model,
  tag: string,
  steps: readonly Step[],
): Promise<Both[]> {
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
      holdersKey: keys.holders(place),
      conversationKey: keys.conversation(place),
      ownedKey: keys.owned(tag, process, 'chat'),
      conversation,
      process,
      epoch: step.knows ? (epochs.get(`${process} ${conversation}`) ?? 0) : 0,
    };
    const id = `${conversation}-${step.holder}`;
    const credentialKey = keys.credential(tag);
    const isClosing = step.number === 3;
    const compare = async <Reply>(byRedis: Promise<Reply>, byModel: Reply): Promise<Reply> => {
      const reply = await byRedis;
      both.push({ name: `${both.length} ${step.does}`, byRedis: reply, byModel });
      return reply;
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
          heldKey: keys.held(tag, '-'),
          budgetKey: keys.budget(tag, '-'),
          use: step.does,
          channel: 'chat',
          target: `{"chat":"${conversation}"}`,
          requests: 4,
          perMs: 5_000,
          dueInMs: step.number * 1_000,
          visibleForMs: step.number * 1_250,
          holders: step.tells ? [{ id, idleMs: 4_000, hardMs: 20_000 }] : [],
        };
        const reply = await compare(runScript(redis, admit, given), model.admit(given));
        if ('epoch' in reply && reply.epoch > 0) {
          epochs.set(`${process} ${conversation}`, reply.epoch);
        }
        if (reply.says === 'go' && reply.trust === 'probe') {
          probe = probeNameOf(process, conversation, nowMs);
        }
        break;
      }
      case 'touch':
        await compare(runScript(redis, touch, { ...where, id }), model.touch({ ...where, id }));
        break;
      case 'message': {
        const given = { ...where, id: step.tells ? id : '' };
        await compare(runScript(redis, message, given), model.message(given));
        break;
      }
      case 'leave':
      case 'leave all': {
        const given = { ...where, ids: step.does === 'leave' ? [id] : [] };
        const reply = await runScript(redis, leave, given);
        const expected = model.leave(given);
        await compare(Promise.resolve({ ...reply, homes: reply.homes.toSorted() }), {
          ...expected,
          homes: expected.homes.toSorted(),
        });
        break;
      }
      case 'note': {
        const given = { ...where, dueInMs: step.number * 500, visibleForMs: step.number * 600 };
        await compare(runScript(redis, note, given), model.note(given));
        break;
      }
      case 'hold': {
        const heldKey = keys.held(tag, '-');
        const forMs = step.number * 700;
        const given = { nowMs, heldKey, forMs };
        await compare(runScript(redis, hold, given), model.hold(heldKey, nowMs, forMs));
        break;
      }
      case 'fence': {
        const given = { ...where, gone: step.tells ? [id] : [], isClosing };
        await compare(runScript(redis, fence, given), model.fence(given));
        break;
      }
      case 'forget': {
        const given = { ...where, isClosing };
        await compare(runScript(redis, forget, given), model.forget(given));
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
        const claimed = await compare(runScript(redis, claim, given), model.claim(given));
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
        await compare(runScript(redis, judge, given), model.judge(given));
      }
    }
  }
  return both;
}
