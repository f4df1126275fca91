import fc from 'fast-check';
import { isThorough } from '../../../../test/long/thorough.ts';
import { schedules } from './arbitrary-schedule.ts';
import type { Emphasis } from './arbitrary-vendor.ts';
import { play } from './play.ts';
import { allPromises, promisesOfALateGate } from './promises/all-promises.ts';
import type { GateKind } from './stage.ts';
import type { Schedule } from './schedule.ts';
import { tellStory } from './tell-story.ts';

const { FC_RUNS, FC_SEED, FC_PATH } = process.env;

// The ordinary run plays the same schedules every time: what fails then is the fault of a change. `FC_RUNS` searches.
const ordinarySeed = 20261121;
/** The share of them that `pnpm test` plays. `pnpm test:long` plays all. */
const ordinaryShare = 0.2;
const seed = FC_RUNS && !FC_SEED ? {} : { seed: Number(FC_SEED ?? ordinarySeed) };

/** How a great many schedules went. */
export interface Verdict {
  readonly isBroken: boolean;
  /** Which promise was broken, by which schedule, how to play it again, and what happened. */
  readonly report: string;
}

/**
 * Plays random schedules, a fifth of `runs` in an ordinary run, and checks every promise on each, up to the first that is broken.
 *
 * `FC_RUNS` says how many schedules, other ones each time, instead of `runs`; `FC_SEED` and `FC_PATH` play again what a report names.
 */
export async function playMany(
  emphasis: Emphasis,
  runs: number,
  gateKind: GateKind = 'in memory',
): Promise<Verdict> {
  const promises = gateKind === 'late' ? promisesOfALateGate : allPromises;
  const property = fc.asyncProperty(schedules(emphasis), async (schedule) => {
    const story = await play(schedule, gateKind);
    for (const { promise, broken } of promises) {
      const how = broken(story);
      if (how !== undefined) throw new Error(`${promise}: ${how}\n${tellStory(story)}`);
    }
  });
  const {
    failed,
    seed: played,
    counterexamplePath,
    counterexample,
    errorInstance,
  } = await fc.check(property, {
    numRuns: FC_RUNS ? Number(FC_RUNS) : runs * (isThorough ? 1 : ordinaryShare),
    ...seed,
    ...(FC_PATH && { path: FC_PATH }),
  });
  const report = [
    errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
    `Play it again with FC_SEED=${played} FC_PATH=${counterexamplePath}`,
    ...(counterexample ?? []).map(briefly),
  ];
  return { isBroken: failed, report: report.join('\n') };
}

/** A schedule without the vendor that nobody asks. */
function briefly({ red, blue, ...schedule }: Schedule): string {
  const asked = new Set(
    schedule.steps.flatMap((step) => ('place' in step ? [step.place.channel] : [])),
  );
  return JSON.stringify({
    ...schedule,
    ...(asked.has('red') && { red }),
    ...(asked.has('blue') && { blue }),
  });
}
