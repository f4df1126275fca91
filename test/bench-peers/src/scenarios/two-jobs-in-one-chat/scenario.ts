import { defineScenario, type Scenario } from '../../define-scenario.ts';
import { isCleanExit, measurement, type Report } from '../../report.ts';
import { ms } from '../../say.ts';

export const twoJobsInOneChat: Scenario = defineScenario({
  from: import.meta.url,
  title: 'Two jobs in one chat: one ends after 300 ms, the other after 4 s',
  promise: 'the bubble stays until the last job ends, and is then cleared once',
  promiseNumber: 3,
  peer: {
    name: 'OpenClaw createTypingCallbacks',
    packages: ['openclaw'],
    runs: { turn: ['peer.ts'] },
    tell: ({ turn }) => outcome(turn),
    studied: 'the end of the first job cleared the bubble of the second',
    isAsStudied: ({ turn }) => measurement(turn, 'stopsMeanwhile') === 1,
  },
  typingkit: {
    runs: { turn: ['typingkit.ts'] },
    tell: ({ turn }) => outcome(turn),
    isKept: ({ turn }) =>
      measurement(turn, 'darkMs') < 1 &&
      measurement(turn, 'stopsMeanwhile') === 0 &&
      measurement(turn, 'stops') === 1 &&
      isCleanExit(turn),
  },
});

function outcome(report: Report): string {
  const [starts, stops] = [measurement(report, 'starts'), measurement(report, 'stops')];
  return `no bubble for ${ms(measurement(report, 'darkMs'))} while the second job worked; starts: ${starts}, stops: ${stops}`;
}
