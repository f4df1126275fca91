import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Activity,
  type ResourceResponse,
  ShowTypingMiddleware,
  TestAdapter,
  type TurnContext,
} from 'botbuilder-core';
import { type InMemoryVendor, inMemoryVendor } from '../../in-memory-vendor.ts';
import { measureProcess } from '../../measure-process.ts';
import { orderOf } from './order-of.ts';
import { delayMs, refused, sendMs, thinkMs } from './turn.ts';

/** The adapter of botbuilder's own tests, which sends to our vendor. */
class VendorAdapter extends TestAdapter {
  readonly #vendor: InMemoryVendor;

  constructor(vendor: InMemoryVendor, logic: (context: TurnContext) => Promise<void>) {
    super(logic);
    this.#vendor = vendor;
  }

  override async sendActivities(
    _context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    for (const { type } of activities) {
      await (type === 'typing' ? this.#vendor.start() : this.#vendor.message());
    }
    return activities.map(() => ({ id: '1' }));
  }
}

measureProcess(async ({ recordAtExit, workIsOver }) => {
  const isFailing = process.argv[2] === 'failing';
  const vendor = inMemoryVendor(isFailing ? { failWith: refused } : { startTakesMs: sendMs });
  let beganAtMs = 0;
  recordAtExit(orderOf(vendor, () => beganAtMs));
  const adapter = new VendorAdapter(vendor, async (context) => {
    beganAtMs = vendor.clock.now();
    await sleep(thinkMs);
    await context.sendActivity('answer');
  });
  adapter.use(new ShowTypingMiddleware(delayMs));
  await adapter.receiveActivity('question');
  workIsOver();
});
