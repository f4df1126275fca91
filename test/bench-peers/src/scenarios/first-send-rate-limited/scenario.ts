import { defineScenario, type Scenario } from '../../define-scenario.ts';
import { isCleanExit, measurement, type Report } from '../../report.ts';

export const firstSendRateLimited: Scenario = defineScenario({
  from: import.meta.url,
  title: 'The first typing send is answered 429',
  promise: 'the work runs; the failure is one event',
  promiseNumber: 1,
  peer: {
    name: 'Telegraf',
    packages: ['telegraf'],
    runs: { turn: ['peer.ts'] },
    tell: ({ turn }) => outcome(turn, 'the handler rejected'),
    studied: 'the work never ran',
    isAsStudied: ({ turn }) => measurement(turn, 'worksRun') === 0,
  },
  typingkit: {
    runs: { turn: ['typingkit.ts'] },
    tell: ({ turn }) =>
      `${outcome(turn, 'with() rejected')}, failed events: ${measurement(turn, 'failedEvents')}`,
    isKept: ({ turn }) =>
      measurement(turn, 'worksRun') === 1 &&
      measurement(turn, 'replies') === 1 &&
      measurement(turn, 'errors') === 0 &&
      measurement(turn, 'failedEvents') === 1 &&
      isCleanExit(turn),
  },
});

function outcome(report: Report, error: string): string {
  const times = (name: string): string => `${measurement(report, name)} of 1 times`;
  return `the work ran ${times('worksRun')}, the reply went out ${times('replies')}, ${error} ${times('errors')}`;
}
