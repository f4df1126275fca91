import { setTimeout as sleep } from 'node:timers/promises';
import { measureProcess } from '../../measure-process.ts';
import { telegramOnLoopback } from '../../telegram-on-loopback.ts';
import { telegramProvider } from '../../telegram-provider.ts';
import { createTyping } from '../../workspace-packages.ts';
import { tooManyRequests, workMs } from './too-many-requests.ts';

measureProcess(async ({ record, workIsOver }) => {
  const telegram = await telegramOnLoopback(tooManyRequests);
  let worksRun = 0;
  let errors = 0;
  let failedEvents = 0;
  const typing = createTyping({
    channels: { telegram: telegramProvider(telegram.origin) },
    onEvent: ({ type }) => (failedEvents += type === 'failed' ? 1 : 0),
  });
  const work = async (): Promise<void> => {
    worksRun += 1;
    await sleep(workMs);
    await telegram.reply(7);
  };
  await typing.with('telegram', { chatId: 7 }, work).catch(() => (errors += 1));
  const replies = telegram.calls.filter(({ method }) => method === 'sendMessage').length;
  record({ worksRun, replies, errors, failedEvents });
  workIsOver();
});
