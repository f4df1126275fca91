import type { BubbleInterval, LoggedRequest, WebhookDelivery } from '@typingkit/simulator';
import type { BotNote } from './bot-note.ts';
import type { Conversation } from './conversation.ts';
import type { Recipient } from './deliver.ts';
import { outageOf, type OutageInterval } from './outage.ts';
import { personIn } from './person.ts';
import { runBot } from './run-bot.ts';
import type { SimulatedVendors } from './simulated-vendors.ts';
import { kindOfRequest } from './tracks.ts';

/** One conversation, from all three sides. */
export interface ConversationRecord {
  readonly channel: Conversation['channel'];
  readonly notes: readonly BotNote[];
  readonly requests: readonly LoggedRequest[];
  /** When the recipient saw the bubble. */
  readonly intervals: readonly BubbleInterval[];
  /** What the vendor told the bot of its own accord. */
  readonly deliveries: readonly WebhookDelivery[];
}

/** What happened until `nowMs`. */
export interface Recording {
  readonly beganAtMs: number;
  readonly nowMs: number;
  readonly outage: OutageInterval | undefined;
  readonly conversations: readonly ConversationRecord[];
}

/**
 * Lets the bot answer on four platforms at once, with an outage in the middle and a person who types back.
 *
 * @param onProgress called often, with what happened so far.
 */
export async function recordConversations(
  vendors: SimulatedVendors,
  onProgress: (recording: Recording) => void,
): Promise<Recording> {
  const { chatId } = await vendors.createChat();
  const { conversationUrn, recipientProfileUrn } = await vendors.createLinkedInConversation();
  const telegram = await vendors.createTelegramChat();
  const slack = await vendors.createSlackThread();
  const recipients: readonly Recipient[] = [
    { channel: 'imessage', target: { chatId } },
    { channel: 'linkedin', target: { conversationUrn }, recipientProfileUrn },
    { channel: 'telegram', target: telegram.target },
    { channel: 'slack', target: slack.target },
  ];
  const outage = outageOf(vendors);
  const person = personIn(chatId, vendors);

  const record = async (notes: readonly BotNote[]): Promise<Recording> => {
    const conversations = await Promise.all([
      recordOf('imessage', chatId, vendors, notes),
      recordOf('linkedin', conversationUrn, vendors, notes),
      recordOf('telegram', telegram.id, vendors, notes),
      recordOf('slack', slack.id, vendors, notes),
    ]);
    const nowMs = await vendors.nowMs();
    const requests = conversations.flatMap((conversation) => conversation.requests);
    const times = [...notes.filter(({ kind }) => kind === 'began'), ...requests];
    const beganAtMs = Math.min(nowMs, ...times.map(({ atMs }) => atMs));
    const hasHit = requests.some(({ fault }) => fault !== null);
    const sinceMs = nowMs - beganAtMs;
    await outage.follow(sinceMs, nowMs, hasHit);
    await person.follow({
      sinceMs,
      notes,
      hasMessage: conversations[0].requests.some((request) => kindOfRequest(request) === 'message'),
      isOutageOver: typeof outage.interval?.toMs === 'number',
    });
    return { beganAtMs, nowMs, outage: outage.interval, conversations };
  };

  const notes = await runBot('simulated', recipients, vendors.environment, async (notesSoFar) => {
    onProgress(await record(notesSoFar));
  });
  const recording = await record(notes);
  onProgress(recording);
  return recording;
}

async function recordOf(
  channel: Conversation['channel'],
  conversation: string,
  vendors: SimulatedVendors,
  notes: readonly BotNote[],
): Promise<ConversationRecord> {
  const [requests, { intervals }, deliveries] = await Promise.all([
    vendors.requestsTo(conversation),
    vendors.viewOf(conversation),
    channel === 'imessage' ? vendors.webhookDeliveries() : [],
  ]);
  const itsNotes = notes.filter((note) => note.channel === channel);
  return { channel, notes: itsNotes, requests, intervals, deliveries };
}
