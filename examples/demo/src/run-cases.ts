import { fileURLToPath } from 'node:url';
import type { NewcomerCase } from './cases.ts';
import { type Child, startChild } from './child.ts';
import type { NewcomerAnswer, NewcomerCall } from './newcomer.ts';
import type { RecipientView, SimulatedVendors } from './simulated-vendors.ts';

/** What became of a case. */
export interface CaseOutcome {
  readonly newcomerCase: NewcomerCase;
  /** What was said before anything was tried. */
  readonly diagnosis: NewcomerAnswer;
  readonly answers: readonly NewcomerAnswer[];
  /** How many requests went out. */
  readonly requests: number;
  readonly view: RecipientView;
}

const newcomerFile = fileURLToPath(new URL('newcomer.ts', import.meta.url));
/** Longer than any bubble lasts. */
const laterMs = 120_000;

/** Those who make the calls, each in a process of its own. */
export interface Newcomers {
  readonly withKey: Child;
  readonly withWrongKey: Child;
}

/** Starts them, so that they are ready when their turn comes. */
export function startNewcomers({ environment }: SimulatedVendors): Newcomers {
  const wrong = { ...environment, LINQ_API_KEY: 'not-the-key' };
  return {
    withKey: startChild('The newcomer', newcomerFile, [], environment),
    withWrongKey: startChild('The newcomer with a wrong key', newcomerFile, [], wrong),
  };
}

/** Makes the calls of every case, one case after the other, and asks the vendors what came of them. */
export async function runCases(
  cases: readonly NewcomerCase[],
  { withKey, withWrongKey }: Newcomers,
  vendors: SimulatedVendors,
): Promise<readonly CaseOutcome[]> {
  const outcomes: CaseOutcome[] = [];
  for (const newcomerCase of cases) {
    const { calls, conversation } = await newcomerCase.prepare(vendors);
    const newcomer = newcomerCase.wrongKey ? withWrongKey : withKey;
    const diagnosis = await ask(newcomer, { ...calls[0], verb: 'diagnose' });
    await vendors.forgetRequests();
    const answers: NewcomerAnswer[] = [];
    for (const call of calls) answers.push(await ask(newcomer, call));
    await vendors.advance(laterMs);
    const { length: requests } = await vendors.requests();
    const view = await vendors.viewOf(conversation);
    outcomes.push({ newcomerCase, diagnosis, answers, requests, view });
  }
  await Promise.all([withKey.stop(), withWrongKey.stop()]);
  return outcomes;
}

async function ask(newcomer: Child, call: NewcomerCall): Promise<NewcomerAnswer> {
  newcomer.say(JSON.stringify(call));
  const line = await newcomer.lines.next();
  if (!line.done) return JSON.parse(line.value);
  await newcomer.ended;
  throw new Error('The newcomer ended without an answer.');
}
