import { defineScenario, type Scenario } from '../../define-scenario.ts';
import { isCleanExit, measurement, type Report } from '../../report.ts';
import { ms } from '../../say.ts';

const settleMs = 250;

export const replyDuringTheFirstStart: Scenario = defineScenario({
  from: import.meta.url,
  title: 'The reply goes out while the first start is in flight (virtual time, 180 s)',
  promise: 'no start after the stop; a bubble that the start still raised is cleared',
  promiseNumber: 2,
  peer: {
    name: "Chat SDK's XChat adapter",
    packages: [],
    runs: { turn: ['peer.ts'] },
    tell: ({ turn }) => outcome(turn),
    studied: 'refreshes for up to 120 s after the reply',
    isAsStudied: ({ turn }) => measurement(turn, 'startsAfterReply') > 30,
  },
  typingkit: {
    runs: { turn: ['typingkit.ts'] },
    tell: ({ turn }) => outcome(turn),
    isKept: ({ turn }) =>
      measurement(turn, 'startsAfterReply') === 0 &&
      measurement(turn, 'visibleAfterReplyMs') <= settleMs &&
      measurement(turn, 'openSessions') === 0 &&
      isCleanExit(turn),
  },
});

function outcome(report: Report): string {
  const starts = measurement(report, 'startsAfterReply');
  return `${starts} starts after the reply; a bubble for ${ms(measurement(report, 'visibleAfterReplyMs'))} after it`;
}
