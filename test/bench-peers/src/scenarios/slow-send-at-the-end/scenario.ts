import { defineScenario, type Scenario } from '../../define-scenario.ts';
import { isCleanExit, measurement, type Report } from '../../report.ts';
import { ms } from '../../say.ts';
import { sendMs, thinkMs } from './turn.ts';

const settleMs = 250;
const toleranceMs = 50;

export const slowSendAtTheEnd: Scenario = defineScenario({
  from: import.meta.url,
  title: `A typing send takes ${sendMs} ms, the work ${thinkMs} ms; and the same with a send that fails`,
  promise: 'no typing behind the reply, nothing holds the process, nothing is unhandled',
  promiseNumber: 7,
  peer: {
    name: 'botbuilder ShowTypingMiddleware',
    packages: ['botbuilder-core'],
    runs: { slow: ['peer.ts', 'slow'], failing: ['peer.ts', 'failing'] },
    tell: ({ slow, failing }) => `${orderOf(slow)}; ${crashOf(failing)}`,
    studied: 'typing after the reply, the process held for 2 s, an unhandled rejection',
    isAsStudied: ({ slow, failing }) =>
      measurement(slow, 'typingAfterReply') === 1 &&
      (slow.heldMs ?? 0) > 1_500 &&
      failing.unhandledRejections > 0,
  },
  typingkit: {
    runs: { slow: ['typingkit.ts', 'slow'], failing: ['typingkit.ts', 'failing'] },
    tell: ({ slow, failing }) => `${orderOf(slow)}; ${crashOf(failing)}`,
    isKept: ({ slow, failing }) =>
      measurement(slow, 'typingAfterReply') === 0 &&
      measurement(slow, 'replyAtMs') <= thinkMs + settleMs + toleranceMs &&
      measurement(failing, 'replyAtMs') >= 0 &&
      [slow, failing].every(isCleanExit),
  },
});

function orderOf(report: Report): string {
  const typingAtMs = measurement(report, 'typingAtMs');
  const typing = typingAtMs < 0 ? 'typing taken back' : `typing delivered @${ms(typingAtMs)}`;
  const held = report.heldMs === undefined ? 'for ever' : `for ${ms(report.heldMs)}`;
  return `reply @${ms(measurement(report, 'replyAtMs'))}, ${typing}, process held ${held} after the turn`;
}

function crashOf(report: Report): string {
  const reply = measurement(report, 'replyAtMs') < 0 ? 'no reply' : 'the reply went out';
  return `failing send: ${report.unhandledRejections} unhandled rejections, exit code ${report.exitCode}, ${reply}`;
}
