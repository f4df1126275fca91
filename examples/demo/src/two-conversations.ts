import { setTimeout as sleep } from 'node:timers/promises';
import type { BubbleInterval, LoggedRequest } from '@typingkit/simulator';
import type { BotCall, Conversation } from './bot.ts';
import { runBot } from './run-bot.ts';
import type { SimulatedVendors } from './simulated-vendors.ts';

/** How fast time runs when the bot is done and only the last bubble is left to go. */
const lateSpeed = 8;
const lateLookEveryMs = 50;
/** No bubble that the bot leaves behind lasts longer. */
const latestMs = 120_000;

/** One conversation, from all three sides. */
export interface ConversationRecord {
  readonly channel: Conversation['channel'];
  readonly calls: readonly BotCall[];
  readonly requests: readonly LoggedRequest[];
  /** When the recipient saw the bubble. */
  readonly intervals: readonly BubbleInterval[];
}

/** What happened until `nowMs`. */
export interface Recording {
  readonly beganAtMs: number;
  readonly nowMs: number;
  readonly conversations: readonly ConversationRecord[];
}

/**
 * Lets the bot answer in a conversation of each vendor at once.
 *
 * @param onProgress called often, with what happened so far.
 */
export async function recordTwoConversations(
  vendors: SimulatedVendors,
  onProgress: (recording: Recording) => void,
): Promise<Recording> {
  const { chatId } = await vendors.createChat();
  const { conversationUrn } = await vendors.createLinkedInConversation();
  const conversations: readonly Conversation[] = [
    { channel: 'imessage', target: { chatId } },
    { channel: 'linkedin', target: { conversationUrn } },
  ];
  const startedAtMs = await vendors.nowMs();

  const record = async (calls: readonly BotCall[]): Promise<Recording> => {
    const records = await Promise.all([
      recordOf('imessage', chatId, vendors, calls),
      recordOf('linkedin', conversationUrn, vendors, calls),
    ]);
    const nowMs = await vendors.nowMs();
    const times = [...calls, ...records.flatMap(({ requests }) => requests)];
    const beganAtMs = Math.min(nowMs, ...times.map(({ atMs }) => atMs));
    return { beganAtMs, nowMs, conversations: records };
  };

  const calls = await runBot(conversations, vendors.environment, async (callsSoFar) => {
    onProgress(await record(callsSoFar));
  });

  await vendors.setSpeed(lateSpeed);
  let recording = await record(calls);
  while (isBubbleLeft(recording) && recording.nowMs - startedAtMs < latestMs) {
    onProgress(recording);
    await sleep(lateLookEveryMs);
    recording = await record(calls);
  }
  await vendors.setSpeed(1);
  onProgress(recording);
  return recording;
}

async function recordOf(
  channel: Conversation['channel'],
  conversation: string,
  vendors: SimulatedVendors,
  calls: readonly BotCall[],
): Promise<ConversationRecord> {
  const [requests, { intervals }] = await Promise.all([
    vendors.requestsTo(conversation),
    vendors.viewOf(conversation),
  ]);
  return { channel, calls: calls.filter((call) => call.channel === channel), requests, intervals };
}

function isBubbleLeft({ conversations }: Recording): boolean {
  return conversations.some(({ intervals }) => intervals.some(({ toMs }) => toMs === null));
}
