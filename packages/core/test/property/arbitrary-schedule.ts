import fc, { type Arbitrary } from 'fast-check';
import { type Emphasis, maybe, spanMs, vendorScripts } from './arbitrary-vendor.ts';
import { type Place, type Schedule, type SessionWish, signalCount, type Step } from './schedule.ts';

function wish({ isPatient }: Emphasis): Arbitrary<SessionWish> {
  const signal = fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.nat({ max: signalCount - 1 }) },
  );
  return fc.record({
    delayMs: fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: spanMs },
    ),
    idleTimeoutMs: isPatient
      ? fc.constantFrom(undefined, 30_000, 590_000)
      : maybe(spanMs.map((ms) => ms + 1)),
    maxDurationMs: isPatient ? fc.constant(undefined) : maybe(spanMs.map((ms) => ms + 1)),
    refreshEveryMs: isPatient
      ? fc.constant(undefined)
      : maybe(fc.integer({ min: 100, max: 20_000 })),
    settleMs: maybe(fc.constantFrom(0, 50, 2_000, 9_000)),
    ttlMs: maybe(fc.integer({ min: 500, max: 70_000 })),
    signal,
    isWatched: fc.boolean(),
  });
}

function steps(emphasis: Emphasis): Arbitrary<readonly Step[]> {
  const place: Arbitrary<Place> = fc.record({
    // Most of what can go wrong between conversations goes wrong on one credential.
    channel: fc.constantFrom('red', 'red', 'red', 'blue'),
    chat: fc.nat({ max: emphasis.chats - 1 }),
  });
  const nth = fc.nat({ max: 7 });
  const passing = emphasis.isPatient
    ? fc.oneof({ weight: 4, arbitrary: spanMs }, fc.integer({ min: 12_000, max: 150_000 }))
    : spanMs;
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('keep'), place, wish: wish(emphasis) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('with'),
        place,
        wish: wish(emphasis),
        workMs: fc.oneof(fc.constant(0), spanMs),
        fails: fc.boolean(),
      }),
    },
    { weight: 7, arbitrary: fc.record({ do: fc.constant('stop session'), nth }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('touch'), nth }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('session says message'), nth }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('message'), place }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constantFrom('send', 'send', 'stop'),
        place,
        timeoutMs: fc.constantFrom(200, 3_000, 10_000),
        signal: fc.oneof(fc.constant(undefined), fc.nat({ max: signalCount - 1 })),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('abort'),
        signal: fc.nat({ max: signalCount - 1 }),
      }),
    },
    { weight: 14, arbitrary: fc.record({ do: fc.constant('advance'), ms: passing }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('leap'), ms: spanMs }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('turns'),
        turns: fc.integer({ min: 1, max: 6 }),
      }),
    },
  );
  const close: Arbitrary<Step> = fc.record({
    do: fc.constant('close'),
    deadlineMs: fc.constantFrom(1, 300, 2_000),
  });
  // What is closed stays closed, so it happens seldom, and late.
  const nothing = fc.constant<Step[]>([]);
  const closing = fc
    .tuple(fc.tuple(close), fc.array(step, { maxLength: 4 }))
    .map((all) => all.flat());
  return fc
    .tuple(
      fc.array(step, { minLength: 1, maxLength: 22 }),
      fc.oneof({ weight: 9, arbitrary: nothing }, { weight: 1, arbitrary: closing }),
    )
    .map((all) => all.flat());
}

export function schedules(emphasis: Emphasis): Arbitrary<Schedule> {
  return fc.record({
    red: vendorScripts(emphasis),
    blue: vendorScripts(emphasis),
    steps: steps(emphasis),
    recovers: fc.oneof(
      { weight: 5, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    ending: fc.constantFrom('everybody stops', 'everybody stops', 'close', 'run out'),
    observer: fc.constantFrom('quiet', 'quiet', 'throws', 'rejects'),
    chance: fc.nat({ max: 1_000_000 }),
  });
}
