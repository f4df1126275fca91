import { setTimeout as sleep } from 'node:timers/promises';
import { inMemoryVendor } from '../../in-memory-vendor.ts';
import { measureProcess } from '../../measure-process.ts';
import { openClawTyping } from '../../openclaw-typing.ts';
import { tickMs, workMs } from './turn.ts';

measureProcess(async ({ record, workIsOver }) => {
  const createTypingCallbacks = await openClawTyping();
  const sendsOf = async (isSwallowing: boolean): Promise<number> => {
    const vendor = inMemoryVendor({ failWith: () => new Error('429') });
    const typing = createTypingCallbacks({
      start: () => (isSwallowing ? vendor.start().catch(() => {}) : vendor.start()),
      onStartError: () => {},
      keepaliveIntervalMs: tickMs,
    });
    await typing.onReplyStart();
    await sleep(workMs);
    typing.onCleanup();
    return vendor.starts.length;
  };
  const [swallowing, throwing] = await Promise.all([sendsOf(true), sendsOf(false)]);
  record({ swallowing, throwing });
  workIsOver();
});
