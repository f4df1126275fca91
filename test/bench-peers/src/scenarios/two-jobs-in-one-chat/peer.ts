import { setTimeout as sleep } from 'node:timers/promises';
import { inMemoryVendor } from '../../in-memory-vendor.ts';
import { measureProcess } from '../../measure-process.ts';
import { openClawTyping } from '../../openclaw-typing.ts';
import { firstJobMs, secondJobMs } from './turn.ts';
import { whatWasSeen } from './what-was-seen.ts';

measureProcess(async ({ record, workIsOver }) => {
  const createTypingCallbacks = await openClawTyping();
  const vendor = inMemoryVendor();
  const job = async (jobMs: number): Promise<number> => {
    const typing = createTypingCallbacks({
      start: () => vendor.start(),
      stop: () => vendor.stop(),
      onStartError: () => {},
    });
    await typing.onReplyStart();
    await sleep(jobMs);
    const endedAtMs = vendor.clock.now();
    typing.onCleanup();
    return endedAtMs;
  };
  const [fromMs, toMs] = await Promise.all([job(firstJobMs), job(secondJobMs)]);
  await sleep(100);
  record(whatWasSeen(vendor, fromMs, toMs));
  workIsOver();
});
