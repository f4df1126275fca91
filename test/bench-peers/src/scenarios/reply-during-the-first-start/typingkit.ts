import { virtualClock } from '../../../../../packages/testing/src/virtual-clock.ts';
import { inMemoryProvider } from '../../in-memory-provider.ts';
import { inMemoryVendor } from '../../in-memory-vendor.ts';
import { measureProcess } from '../../measure-process.ts';
import { createTyping } from '../../workspace-packages.ts';
import { replyAtMs, startMs, watchMs } from './turn.ts';
import { whatFollowed } from './what-followed.ts';

measureProcess(async ({ record, workIsOver }) => {
  const clock = virtualClock();
  const vendor = inMemoryVendor({ clock, startTakesMs: startMs });
  const typing = createTyping({
    channels: { chat: inMemoryProvider(vendor, 'explicit') },
    clock,
    onEvent: () => {},
  });
  const session = typing.keep('chat', 'a chat');
  await clock.advance(replyAtMs);
  void session.stop();
  await vendor.message();
  await clock.advance(watchMs);
  record({ ...whatFollowed(vendor), openSessions: typing.sessions().length });
  workIsOver();
});
