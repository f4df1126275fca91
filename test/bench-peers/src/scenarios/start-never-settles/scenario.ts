import { defineScenario, type Scenario } from '../../define-scenario.ts';
import { isCleanExit, measurement, type Report } from '../../report.ts';
import { ms } from '../../say.ts';

const settleMs = 250;
const toleranceMs = 50;

export const startNeverSettles: Scenario = defineScenario({
  from: import.meta.url,
  title: 'A start never settles; the work ends after 300 ms',
  promise: `the stop goes out within settleMs (${settleMs} ms), and no start after it`,
  promiseNumber: 2,
  peer: {
    name: 'OpenClaw createTypingCallbacks',
    packages: ['openclaw'],
    runs: { turn: ['peer.ts'] },
    tell: ({ turn }) => outcome(turn),
    studied: 'the stop was never sent',
    isAsStudied: ({ turn }) => measurement(turn, 'stops') === 0,
  },
  typingkit: {
    runs: { turn: ['typingkit.ts'] },
    tell: ({ turn }) =>
      `${outcome(turn)}; stop() settled after ${ms(measurement(turn, 'settledAfterMs'))}`,
    isKept: ({ turn }) =>
      measurement(turn, 'stops') === 1 &&
      measurement(turn, 'stopAfterMs') <= settleMs + toleranceMs &&
      measurement(turn, 'settledAfterMs') <= settleMs + toleranceMs &&
      measurement(turn, 'startsAfterStop') === 0 &&
      isCleanExit(turn),
  },
});

function outcome(report: Report): string {
  const stopAfterMs = measurement(report, 'stopAfterMs');
  const stop =
    stopAfterMs < 0
      ? 'no stop within the 5 s after the end'
      : `the stop ${ms(stopAfterMs)} after the end`;
  return `${stop}, starts after it: ${measurement(report, 'startsAfterStop')}`;
}
