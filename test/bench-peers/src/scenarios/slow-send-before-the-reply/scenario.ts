import { defineScenario, type Scenario } from '../../define-scenario.ts';
import { isCleanExit, measurement, type Report } from '../../report.ts';
import { ms } from '../../say.ts';
import { sendMs } from './turn.ts';

const settleMs = 250;
const toleranceMs = 50;

export const slowSendBeforeTheReply: Scenario = defineScenario({
  from: import.meta.url,
  title: `A typing send takes ${sendMs} ms, the bot thinks for 50 ms`,
  promise: `the work waits for no start, the reply waits for settleMs (${settleMs} ms) at the most`,
  promiseNumber: 1,
  peer: {
    name: 'Microsoft 365 Agents SDK',
    packages: ['@microsoft/agents-hosting'],
    runs: { turn: ['peer.ts'] },
    tell: ({ turn }) => `the reply is ${ms(delayOf(turn))} late`,
    studied: 'the reply was 1,450 ms late',
    isAsStudied: ({ turn }) => delayOf(turn) > 1_300,
  },
  typingkit: {
    runs: {
      clearing: ['typingkit.ts', 'explicit'],
      expiring: ['typingkit.ts', 'expires'],
      impatient: ['typingkit.ts', 'explicit', '0'],
    },
    tell: ({ clearing, expiring, impatient }) =>
      `the reply is ${ms(delayOf(expiring))} late; ${ms(delayOf(clearing))} at a vendor whose bubble can be cleared, ` +
      `${ms(delayOf(impatient))} there with settleMs: 0`,
    isKept: ({ clearing, expiring, impatient }) =>
      delayOf(clearing) <= settleMs + toleranceMs &&
      delayOf(expiring) <= settleMs + toleranceMs &&
      delayOf(impatient) <= toleranceMs &&
      [clearing, expiring, impatient].every(
        (report) => isCleanExit(report) && measurement(report, 'workDelayMs') <= toleranceMs,
      ),
  },
});

function delayOf(report: Report): number {
  return measurement(report, 'replyDelayMs');
}
