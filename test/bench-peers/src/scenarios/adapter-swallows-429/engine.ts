import { setTimeout as sleep } from 'node:timers/promises';
import { inMemoryProvider } from '../../in-memory-provider.ts';
import { inMemoryVendor } from '../../in-memory-vendor.ts';
import { measureProcess } from '../../measure-process.ts';
import { createTyping, TypingError } from '../../workspace-packages.ts';
import { tickMs, workMs } from './turn.ts';

const rateLimited = (): TypingError =>
  new TypingError({ code: 'rate-limited', reason: 'too many', status: 429, retryAfterMs: 30_000 });

measureProcess(async ({ record, workIsOver }) => {
  const vendor = inMemoryVendor({ failWith: rateLimited });
  const typing = createTyping({
    channels: { chat: inMemoryProvider(vendor, 'explicit') },
    onEvent: () => {},
  });
  await typing.with('chat', 'a chat', () => sleep(workMs), { refreshEveryMs: tickMs });
  record({ throwing: vendor.starts.length });
  workIsOver();
});
