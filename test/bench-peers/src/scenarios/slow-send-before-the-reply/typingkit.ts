import { setTimeout as sleep } from 'node:timers/promises';
import { inMemoryProvider } from '../../in-memory-provider.ts';
import { inMemoryVendor } from '../../in-memory-vendor.ts';
import { measureProcess } from '../../measure-process.ts';
import { createTyping } from '../../workspace-packages.ts';
import { sendMs, thinkMs } from './turn.ts';

measureProcess(async ({ record, workIsOver }) => {
  const [, , kind, wish] = process.argv;
  const stop = kind === 'expires' ? kind : 'explicit';
  const settleMs = wish === undefined ? undefined : Number(wish);
  const vendor = inMemoryVendor({ startTakesMs: sendMs });
  const typing = createTyping({
    channels: { teams: inMemoryProvider(vendor, stop) },
    onEvent: () => {},
  });
  let beganAtMs = 0;
  const think = async (): Promise<number> => {
    beganAtMs = vendor.clock.now();
    await sleep(thinkMs);
    return vendor.clock.now();
  };
  const calledAtMs = vendor.clock.now();
  const answeredAtMs = await typing.with('teams', 'a chat', think, { settleMs });
  await vendor.message();
  record({
    workDelayMs: beganAtMs - calledAtMs,
    replyDelayMs: (vendor.messages[0]?.begunAtMs ?? Infinity) - answeredAtMs,
  });
  workIsOver();
});
