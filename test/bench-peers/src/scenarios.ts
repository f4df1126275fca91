import type { Scenario } from './define-scenario.ts';
import { adapterSwallows429 } from './scenarios/adapter-swallows-429/scenario.ts';
import { everySendFailsInATopic } from './scenarios/every-send-fails-in-a-topic/scenario.ts';
import { firstSendRateLimited } from './scenarios/first-send-rate-limited/scenario.ts';
import { replyDuringTheFirstStart } from './scenarios/reply-during-the-first-start/scenario.ts';
import { slowSendAtTheEnd } from './scenarios/slow-send-at-the-end/scenario.ts';
import { slowSendBeforeTheReply } from './scenarios/slow-send-before-the-reply/scenario.ts';
import { startNeverSettles } from './scenarios/start-never-settles/scenario.ts';
import { twoJobsInOneChat } from './scenarios/two-jobs-in-one-chat/scenario.ts';

export const scenarios: readonly Scenario[] = [
  firstSendRateLimited,
  everySendFailsInATopic,
  slowSendAtTheEnd,
  slowSendBeforeTheReply,
  startNeverSettles,
  twoJobsInOneChat,
  replyDuringTheFirstStart,
  adapterSwallows429,
];
