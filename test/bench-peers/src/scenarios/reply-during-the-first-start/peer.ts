import { virtualClock } from '../../../../../packages/testing/src/virtual-clock.ts';
import { inMemoryVendor, type InMemoryVendor } from '../../in-memory-vendor.ts';
import { measureProcess } from '../../measure-process.ts';
import { replyAtMs, startMs, watchMs } from './turn.ts';
import { whatFollowed } from './what-followed.ts';

const refreshEveryMs = 3_000;
const maxMs = 120_000;

/**
 * A model, in our words, of the order in which the XChat adapter of Vercel's Chat SDK does things: it ends the old
 * loop, awaits the first send, and only then begins the new loop; a message ends the loop that there is. The adapter
 * itself could not be installed when this was written.
 *
 * @see https://github.com/vercel/chat
 */
function modelOfXChat(vendor: InMemoryVendor) {
  const { clock } = vendor;
  let loop: { cancel(): void } | undefined;
  const end = (): void => {
    loop?.cancel();
    loop = undefined;
  };
  const begin = (): void => {
    const endsAtMs = clock.now() + maxMs;
    const tick = (): void => {
      if (clock.now() >= endsAtMs) return end();
      void vendor.start();
      loop = clock.setTimer(tick, refreshEveryMs);
    };
    loop = clock.setTimer(tick, refreshEveryMs);
  };
  return {
    async startTyping() {
      end();
      await vendor.start();
      begin();
    },
    async postMessage() {
      end();
      await vendor.message();
    },
  };
}

measureProcess(async ({ record, workIsOver }) => {
  const clock = virtualClock();
  const vendor = inMemoryVendor({ clock, startTakesMs: startMs });
  const thread = modelOfXChat(vendor);
  void thread.startTyping();
  await clock.advance(replyAtMs);
  await thread.postMessage();
  await clock.advance(watchMs);
  record(whatFollowed(vendor));
  workIsOver();
});
