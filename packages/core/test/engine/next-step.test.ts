import type { TypingCapabilities } from '@typingkit/core';
import { describe, expect, test } from 'vitest';
import type { Answer, Step } from '../../src/engine/indicator/next-step.ts';
import { nextStep } from '../../src/engine/indicator/next-step.ts';
import type { Indicator } from '../../src/engine/indicator/indicator.ts';

const nowMs = 100_000;
const longAgoMs = -(2 ** 31);

/** A record of which nothing is known but what is said: `nextStep` reads no more of it. */
function record(
  known: Partial<Indicator>,
  repeat: TypingCapabilities['repeat'] = 'extends',
): Indicator {
  const context = { capabilitiesOf: () => ({ repeat, minIntervalMs: 3_000 }) };
  return {
    context,
    acceptedAtMs: longAgoMs,
    visibleUntilMs: longAgoMs,
    upUntilMs: longAgoMs,
    firstSession: undefined,
    holders: 0,
    nextStartAtMs: longAgoMs,
    sentAtMs: longAgoMs,
    startPlace: -1,
    stop: undefined,
    callsInFlight: 0,
    failures: undefined,
    ...known,
    // The rest of a record plays no part here.
  } as unknown as Indicator;
}

const stop = (known: object): Indicator['stop'] =>
  ({ isOnWire: true, isInTheWay: false, beganAtMs: nowMs, ...known }) as Indicator['stop'];
const session = {} as Indicator['firstSession'];
const held = { holders: 1, firstSession: session };

describe('what an indicator does next', () => {
  test.for<[string, Partial<Indicator>, Step]>([
    ['a start is on its way', { ...held, startPlace: 3 }, { do: 'nothing' }],
    ['a stop is on its way that nobody minds', { stop: stop({}) }, { do: 'nothing' }],
    [
      'a stop waits for the start before it',
      { ...held, stop: stop({ isOnWire: false, beganAtMs: 0 }) },
      { do: 'nothing' },
    ],
    [
      'a stop is on its way and somebody holds it',
      { ...held, stop: stop({ beganAtMs: nowMs - 1_000 }) },
      { do: 'sleep', untilMs: nowMs + 500 },
    ],
    [
      'a stop hangs and somebody holds it',
      { ...held, stop: stop({ beganAtMs: nowMs - 1_500 }) },
      { do: 'overtake' },
    ],
    [
      'a stop hangs and a one-shot start waits for it',
      { callsInFlight: 1, stop: stop({ beganAtMs: nowMs - 1_500, isInTheWay: true }) },
      { do: 'overtake' },
    ],
    ['nobody holds it and nothing is up', {}, { do: 'forget' }],
    ['nobody holds it yet', { firstSession: session }, { do: 'nothing' }],
    ['a one-shot call is under way', { callsInFlight: 1 }, { do: 'nothing' }],
    [
      'nobody holds it and it may be up',
      { upUntilMs: nowMs + 1 },
      { do: 'wait', untilMs: nowMs + 1 },
    ],
    [
      'nobody holds it and it was started a moment ago',
      { acceptedAtMs: nowMs - 1_000 },
      { do: 'wait', untilMs: nowMs + 2_000 },
    ],
    ['it is due later', { ...held, nextStartAtMs: nowMs + 1 }, { do: 'sleep', untilMs: nowMs + 1 }],
    ['it is due', { ...held, nextStartAtMs: nowMs }, { do: 'queue' }],
    ['it is due and up', { ...held, visibleUntilMs: nowMs + 1 }, { do: 'queue' }],
  ])('where %s', ([, known, step]) => {
    expect(nextStep(record(known), nowMs)).toEqual(step);
  });

  test.for(['ignored-while-visible', 'forbidden'] as const)(
    'skips what would be %s, until it is gone',
    (repeat) => {
      const up = record({ ...held, visibleUntilMs: nowMs + 1 }, repeat);
      const untilMs = nowMs + 1;
      expect(nextStep(up, nowMs)).toEqual({ do: 'skip', reason: 'needless', untilMs });
      const down = record({ ...held, visibleUntilMs: nowMs }, repeat);
      expect(nextStep(down, nowMs)).toEqual({ do: 'queue' });
    },
  );

  test.for<[Answer, Step]>([
    [
      { says: 'go', admission: 7 },
      { do: 'start', admission: 7 },
    ],
    [
      { says: 'not-before', reason: 'budget', by: 'budget', untilMs: 5 },
      { do: 'skip', reason: 'budget', by: 'budget', untilMs: 5 },
    ],
    [{ says: 'in-turn', by: 'credential' }, { do: 'queue' }],
    [{ says: 'unheld' }, { do: 'end' }],
    [{ says: 'elsewhere' }, { do: 'leave' }],
  ])('does what it is told when it is due: $0.says', ([answer, step]) => {
    expect(nextStep(record(held), nowMs, answer)).toEqual(step);
  });

  test.for<[string, Partial<Indicator>, Step]>([
    ['nobody holds it any more', {}, { do: 'forget' }],
    [
      'a message has put it off',
      { ...held, nextStartAtMs: nowMs + 900 },
      { do: 'sleep', untilMs: nowMs + 900 },
    ],
    ['a stop is on its way', { stop: stop({}) }, { do: 'nothing' }],
  ])('does not start, whatever it is told, where %s', ([, known, step]) => {
    expect(nextStep(record(known), nowMs, { says: 'go', admission: 7 })).toEqual(step);
  });

  test('changes nothing', () => {
    const frozen = record(held);
    Object.freeze(frozen);
    expect(() => nextStep(frozen, nowMs)).not.toThrow();
  });
});
