import { setTimeout as sleep } from 'node:timers/promises';
import { inMemoryProvider } from '../../in-memory-provider.ts';
import { inMemoryVendor } from '../../in-memory-vendor.ts';
import { measureProcess } from '../../measure-process.ts';
import { createTyping } from '../../workspace-packages.ts';
import { orderOf } from './order-of.ts';
import { delayMs, refused, sendMs, thinkMs } from './turn.ts';

measureProcess(async ({ recordAtExit, workIsOver }) => {
  const isFailing = process.argv[2] === 'failing';
  const vendor = inMemoryVendor(isFailing ? { failWith: refused } : { startTakesMs: sendMs });
  const typing = createTyping({
    channels: { teams: inMemoryProvider(vendor, 'expires') },
    onEvent: () => {},
  });
  let beganAtMs = 0;
  recordAtExit(orderOf(vendor, () => beganAtMs));
  const think = async (): Promise<void> => {
    beganAtMs = vendor.clock.now();
    await sleep(thinkMs);
  };
  await typing.with('teams', 'a chat', think, { delayMs });
  await vendor.message();
  workIsOver();
});
