import { setTimeout as sleep } from 'node:timers/promises';
import { Activity } from '@microsoft/agents-activity';
import {
  AgentApplication,
  BaseAdapter,
  type ResourceResponse,
  TurnContext,
} from '@microsoft/agents-hosting';
import { type InMemoryVendor, inMemoryVendor } from '../../in-memory-vendor.ts';
import { measureProcess } from '../../measure-process.ts';
import { sendMs, thinkMs } from './turn.ts';

/** Sends to our vendor. Nothing else of an adapter is used in a turn. */
class VendorAdapter extends BaseAdapter {
  readonly #vendor: InMemoryVendor;

  constructor(vendor: InMemoryVendor) {
    super();
    this.#vendor = vendor;
  }

  override async sendActivities(
    _context: TurnContext,
    activities: Activity[],
  ): Promise<ResourceResponse[]> {
    for (const { type } of activities) {
      await (type === 'typing' ? this.#vendor.start() : this.#vendor.message());
    }
    return activities.map(() => ({ id: '1' }));
  }

  override async updateActivity(): Promise<void> {}
  override async deleteActivity(): Promise<void> {}
  override async continueConversation(): Promise<void> {}
  override uploadAttachment = unused;
  override getAttachmentInfo = unused;
  override getAttachment = unused;
}

async function unused(): Promise<never> {
  throw new Error('no scenario uses attachments');
}

measureProcess(async ({ record, workIsOver }) => {
  const vendor = inMemoryVendor({ startTakesMs: sendMs });
  const app = new AgentApplication({ startTypingTimer: true });
  let answeredAtMs = 0;
  app.onActivity('message', async (context) => {
    await sleep(thinkMs);
    answeredAtMs = vendor.clock.now();
    await context.sendActivity('answer');
  });
  const question = Activity.fromObject({
    type: 'message',
    id: '1',
    text: 'question',
    channelId: 'msteams',
    serviceUrl: 'https://bench-peers.example',
    conversation: { id: 'a chat' },
    from: { id: 'ada' },
    recipient: { id: 'bot' },
  });
  await app.run(new TurnContext(new VendorAdapter(vendor), question));
  record({ replyDelayMs: (vendor.messages[0]?.begunAtMs ?? Infinity) - answeredAtMs });
  workIsOver();
});
