import { defineScenario, type Scenario } from '../../define-scenario.ts';
import { isCleanExit, measurement, type Report } from '../../report.ts';

export const everySendFailsInATopic: Scenario = defineScenario({
  from: import.meta.url,
  title: 'Every typing send fails (500) in a forum topic, for 46 s',
  promise: 'three failures in a row open the circuit; after 30 s one probe',
  promiseNumber: 5,
  isLong: true,
  peer: {
    name: 'grammY auto-chat-action',
    packages: ['grammy', '@grammyjs/auto-chat-action'],
    runs: { turn: ['peer.ts'] },
    tell: ({ turn }) => {
      const [inTopic, inPlainChat] = [
        measurement(turn, 'topicSends'),
        measurement(turn, 'plainSends'),
      ];
      return `${inTopic} sends in 10 ticks in the topic; in a plain chat ${inPlainChat}`;
    },
    studied: '10 sends in the topic, 1 in a plain chat',
    isAsStudied: ({ turn }) =>
      measurement(turn, 'topicSends') === 10 && measurement(turn, 'plainSends') === 1,
  },
  typingkit: {
    runs: { turn: ['typingkit.ts'] },
    tell: ({ turn }) =>
      `in the topic ${counts(turn, 'topic')}; in a plain chat ${counts(turn, 'plain')}`,
    isKept: ({ turn }) =>
      isWithinPolicy(turn, 'topic') && isWithinPolicy(turn, 'plain') && isCleanExit(turn),
  },
});

function counts(report: Report, chat: 'plain' | 'topic'): string {
  const first = measurement(report, `${chat}SendsIn30s`);
  return `${first} sends, then ${measurement(report, `${chat}Sends`) - first} probe after the cool-down`;
}

function isWithinPolicy(report: Report, chat: 'plain' | 'topic'): boolean {
  const first = measurement(report, `${chat}SendsIn30s`);
  return first >= 1 && first <= 3 && measurement(report, `${chat}Sends`) - first <= 1;
}
