import { setTimeout as sleep } from 'node:timers/promises';
import { inMemoryProvider } from '../../in-memory-provider.ts';
import { inMemoryVendor } from '../../in-memory-vendor.ts';
import { measureProcess } from '../../measure-process.ts';
import { createTyping } from '../../workspace-packages.ts';
import { watchMs, workMs } from './turn.ts';
import { whatFollowed } from './what-followed.ts';

measureProcess(async ({ record, workIsOver }) => {
  const vendor = inMemoryVendor({ hangs: true });
  const typing = createTyping({
    channels: { chat: inMemoryProvider(vendor, 'explicit') },
    onEvent: () => {},
  });
  const session = typing.keep('chat', 'a chat');
  await sleep(workMs);
  const stoppedAtMs = vendor.clock.now();
  await session.stop();
  const settledAfterMs = vendor.clock.now() - stoppedAtMs;
  await sleep(watchMs);
  record({ ...whatFollowed(vendor, stoppedAtMs), settledAfterMs });
  workIsOver();
});
