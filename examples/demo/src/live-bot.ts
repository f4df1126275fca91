import {
  configureTyping,
  defaultTyping,
  connectSafely,
  linq,
  sendTyping,
  type TypingEvent,
  TypingError,
} from 'typingkit';
import { consider } from './bot.ts';
import { tell } from './bot-note.ts';
import type { Conversation, LiveConversation } from './conversation.ts';
import { leaveWithParent } from './leave-with-parent.ts';
import { schedule } from './schedule.ts';
import { think } from './think.ts';

const [conversation]: readonly LiveConversation[] = JSON.parse(process.argv[2] ?? '[]');
if (conversation) await watch(conversation);

async function watch({ channel, target }: LiveConversation): Promise<void> {
  configureTyping({
    channels: {
      imessage: () =>
        linq({
          apiKey: setting('LINQ_API_KEY', 'LINQ_API_V3_API_KEY') ?? '',
          baseUrl: setting('LINQ_API_BASE_URL', 'LINQ_API_V3_BASE_URL'),
        }),
      linkedin: () =>
        connectSafely({
          apiKey: setting('CONNECTSAFELY_API_KEY') ?? '',
          accountId: setting('CONNECTSAFELY_ACCOUNT_ID'),
          baseUrl: setting('CONNECTSAFELY_BASE_URL'),
        }),
    },
    onEvent: (event) => tellOf(channel, event),
  });
  leaveWithParent();
  try {
    const diagnosis = await defaultTyping().diagnose(channel, target);
    tell({ kind: 'diagnosed', channel, atMs: Date.now(), diagnosis });
    tell({ kind: 'began', channel, atMs: Date.now() });
    // `withTyping` lets no error reach its caller; who wants to know first whether the vendor takes it asks once.
    const receipt = await sendTyping(channel, target);
    tell({ kind: 'accepted', channel, atMs: Date.now(), receipt });
  } catch (error) {
    if (!TypingError.isInstance(error)) throw error;
    tell({ kind: 'refused', channel, atMs: Date.now(), message: error.message });
    return;
  }
  const beganAtMs = performance.now();
  let workMs = 0;
  await consider(channel, target, {
    async think() {
      const answer = await think(schedule.thinkMs.live);
      workMs = performance.now() - beganAtMs;
      return answer;
    },
  });
  const replyMs = performance.now() - beganAtMs;
  tell({ kind: 'replied', channel, atMs: Date.now(), workMs, replyMs });
}

function tellOf(channel: Conversation['channel'], event: TypingEvent): void {
  const { type } = event;
  tell({
    kind: 'typing',
    channel,
    atMs: Date.now(),
    type,
    ...(type === 'failed' && { message: event.error.message }),
    ...(type === 'expired' && { withinMs: event.withinMs }),
  });
}

function setting(...names: readonly string[]): string | undefined {
  const values = names.map((name) => process.env[name]?.trim());
  return values.find((value) => value !== undefined && value !== '');
}
