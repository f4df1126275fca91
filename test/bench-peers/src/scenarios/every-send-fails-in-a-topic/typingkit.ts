import { setTimeout as sleep } from 'node:timers/promises';
import { measureProcess } from '../../measure-process.ts';
import { telegramOnLoopback } from '../../telegram-on-loopback.ts';
import { telegramProvider } from '../../telegram-provider.ts';
import { createTyping } from '../../workspace-packages.ts';
import { countSends } from './count-sends.ts';
import { forum, outage, plainChat, topic, workMs } from './outage.ts';

measureProcess(async ({ record, workIsOver }) => {
  const telegram = await telegramOnLoopback(outage);
  const typing = createTyping({
    channels: { telegram: telegramProvider(telegram.origin) },
    onEvent: () => {},
  });
  const beganAtMs = performance.now();
  await Promise.all([
    typing.with('telegram', { chatId: forum, threadId: topic }, () => sleep(workMs)),
    typing.with('telegram', { chatId: plainChat }, () => sleep(workMs)),
  ]);
  record(countSends(telegram.calls, beganAtMs));
  workIsOver();
});
