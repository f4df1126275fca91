import { setTimeout as sleep } from 'node:timers/promises';
import { inMemoryProvider } from '../../in-memory-provider.ts';
import { inMemoryVendor } from '../../in-memory-vendor.ts';
import { measureProcess } from '../../measure-process.ts';
import { createTyping } from '../../workspace-packages.ts';
import { firstJobMs, secondJobMs } from './turn.ts';
import { whatWasSeen } from './what-was-seen.ts';

measureProcess(async ({ record, workIsOver }) => {
  const vendor = inMemoryVendor();
  const typing = createTyping({
    channels: { chat: inMemoryProvider(vendor, 'explicit') },
    onEvent: () => {},
  });
  const job = (jobMs: number): Promise<number> =>
    typing.with('chat', 'a chat', async () => {
      await sleep(jobMs);
      return vendor.clock.now();
    });
  const [fromMs, toMs] = await Promise.all([job(firstJobMs), job(secondJobMs)]);
  await sleep(100);
  record(whatWasSeen(vendor, fromMs, toMs));
  workIsOver();
});
