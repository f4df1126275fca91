import type { TypingBudget, TypingCapabilities, TypingErrorCode } from '@typingkit/core';
import fc, { type Arbitrary } from 'fast-check';
import type { Answer, VendorScript } from './schedule.ts';

/** What a family of schedules dwells on. */
export interface Emphasis {
  /** How many of a vendor's answers fail, hang or are slow, of ten. */
  readonly trouble: number;
  /** How many of a vendor's scripts are one answer over and over, of six. */
  readonly streaks: number;
  /** How its failures are distributed; what is left out never occurs. */
  readonly codes: readonly TypingErrorCode[];
  readonly stops: readonly TypingCapabilities['stop'][];
  /** Whether vendors have a budget, never or now and then. */
  readonly hasBudgets: boolean;
  /** How many chats a channel has. */
  readonly chats: number;
  /** Whether sessions are silent for long and time passes in minutes, or in seconds. */
  readonly isPatient: boolean;
}

export const maybe = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** Spans around those that matter to the engine. */
export const spanMs: Arbitrary<number> = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 60 }) },
  { weight: 3, arbitrary: fc.integer({ min: 60, max: 1_200 }) },
  { weight: 4, arbitrary: fc.integer({ min: 1_200, max: 12_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 12_000, max: 70_000 }) },
);

export function vendorScripts(emphasis: Emphasis): Arbitrary<VendorScript> {
  return fc.record({
    capabilities: capabilities(emphasis),
    budgetPer: fc.constantFrom('credential', 'credential', 'chat'),
    starts: answers(emphasis),
    stops: answers(emphasis),
    closes: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  });
}

function capabilities(emphasis: Emphasis): Arbitrary<TypingCapabilities> {
  return fc.constantFrom(...emphasis.stops).chain((stop) =>
    fc.record({
      ttl: lifetimes(stop),
      repeat: fc.constantFrom('extends', 'extends', 'ignored-while-visible', 'forbidden'),
      stop: fc.constant(stop),
      clearsOnMessage: fc.constantFrom(true, true, false, 'unknown' as const),
      groups: fc.constant(true),
      refreshMs: maybe(fc.constantFrom(500, 4_000, 20_000)),
      minIntervalMs: fc.constantFrom(0, 300, 3_000, 8_000),
      budget: emphasis.hasBudgets ? maybe(budgets) : fc.constant(undefined),
      sideEffects: fc.constant([]),
      inbound: fc.constant(false),
      requires: fc.constant([]),
    }),
  );
}

const budgets: Arbitrary<TypingBudget> = fc.record({
  requests: fc.integer({ min: 1, max: 8 }),
  perMs: fc.constantFrom(1_000, 10_000, 60_000),
});

function lifetimes(stop: TypingCapabilities['stop']): Arbitrary<TypingCapabilities['ttl']> {
  const ms = fc.constantFrom(1_000, 3_000, 5_000, 10_000, 60_000);
  const fixed = fc.record({
    kind: fc.constant('fixed'),
    ms,
    source: fc.constant('documented'),
  });
  const caller = fc.record({
    kind: fc.constant('caller'),
    minMs: fc.constant(1_000),
    maxMs: ms,
    stepMs: fc.constant(1_000),
  });
  const untilStopped = fc.record({ kind: fc.constant('until-stopped') });
  // What nobody can stop has to expire.
  return stop === 'explicit'
    ? fc.oneof(fixed, fixed, caller, untilStopped)
    : fc.oneof(fixed, fixed, caller);
}

function answers(emphasis: Emphasis): Arbitrary<readonly Answer[]> {
  const { codes, trouble } = emphasis;
  const about = {
    keyMs: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: spanMs }),
    heedsSignal: fc.boolean(),
    thrown: fc.constantFrom<Answer['thrown'][]>('rejected', 'rejected', 'thrown', 'stranger'),
    code: fc.constantFrom(...codes),
    status: maybe(fc.constantFrom(500, 502, 503, 504)),
    retryAfterMs: maybe(fc.oneof(fc.constant(0), spanMs)),
    visibleForMs: maybe(fc.constantFrom(2_000, 7_000, 30_000)),
  };
  const well = fc.record({ ...about, how: fc.constant('accept'), afterMs: fc.constant(0) });
  const troubled = fc.record({
    ...about,
    how: fc.constantFrom('accept', 'accept', 'fail', 'fail', 'hang'),
    afterMs: fc.oneof(fc.constant(0), spanMs),
  });
  const refusal = fc.record({
    ...about,
    how: fc.constant('fail'),
    afterMs: fc.constant(0),
    keyMs: fc.constant(0),
  });
  const hesitation = fc.record({
    ...about,
    how: fc.constantFrom('accept', 'fail', 'hang'),
    afterMs: fc.integer({ min: 1_200, max: 12_000 }),
    keyMs: fc.constant(0),
  });
  const any = fc.oneof(
    { weight: 10 - trouble, arbitrary: well },
    { weight: trouble, arbitrary: troubled },
  );
  // A key that is refused once is often refused for long, and so is a vendor that is down.
  const streak = fc
    .tuple(fc.oneof(refusal, troubled), fc.integer({ min: 1, max: 5 }))
    .map(([same, times]) => Array.from<Answer>({ length: times }).fill(same));
  // Every second time: that is never twice in a row.
  const flicker = fc
    .tuple(refusal, well, fc.integer({ min: 2, max: 4 }))
    .map(([no, yes, times]) => Array.from({ length: times }, () => [no, yes]).flat());
  // Refused at once, and then in no hurry to look at it again.
  const limbo = fc.tuple(refusal, hesitation).map((both): readonly Answer[] => both);
  const streaks = fc
    .array(fc.oneof({ weight: 4, arbitrary: streak }, flicker, limbo), {
      minLength: 1,
      maxLength: 3,
    })
    .map((all) => all.flat());
  return fc.oneof(
    { weight: 6 - emphasis.streaks, arbitrary: fc.array(any, { maxLength: 8 }) },
    { weight: emphasis.streaks, arbitrary: streaks },
  );
}
