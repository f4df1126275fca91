import { setTimeout as sleep } from 'node:timers/promises';
import { inMemoryVendor } from '../../in-memory-vendor.ts';
import { measureProcess } from '../../measure-process.ts';
import { openClawTyping } from '../../openclaw-typing.ts';
import { watchMs, workMs } from './turn.ts';
import { whatFollowed } from './what-followed.ts';

measureProcess(async ({ record, workIsOver }) => {
  const createTypingCallbacks = await openClawTyping();
  const vendor = inMemoryVendor({ hangs: true });
  const typing = createTypingCallbacks({
    start: () => vendor.start(),
    stop: () => vendor.stop(),
    onStartError: () => {},
  });
  await typing.onReplyStart();
  await sleep(workMs);
  const stoppedAtMs = vendor.clock.now();
  typing.onCleanup();
  await sleep(watchMs);
  record(whatFollowed(vendor, stoppedAtMs));
  workIsOver();
});
