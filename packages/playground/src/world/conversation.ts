import type { Simulator } from '@typingkit/simulator';
import type { ChatKind } from '../protocol/settings.ts';

/** Where the bot writes. */
export type Conversation =
  | { readonly channel: 'imessage'; readonly target: { readonly chatId: string } }
  | {
      readonly channel: 'linkedin';
      readonly target: { readonly conversationUrn: string };
      readonly recipientProfileUrn: string;
    };

/** How long ago somebody last wrote in an inactive chat. */
const yesterdayMs = 86_400_000;

/** Opens a chat of a kind at the simulated Linq. */
export function openChat({ linq }: Simulator, kind: ChatKind): Conversation {
  const { chatId } = linq.createConversation({
    group: kind === 'group',
    service: kind === 'sms' ? 'SMS' : 'iMessage',
    ...(kind === 'inactive' && { lastSentAgoMs: yesterdayMs, lastReceivedAgoMs: yesterdayMs }),
  });
  return { channel: 'imessage', target: { chatId } };
}

/** Opens a conversation at the simulated ConnectSafely. */
export function openLinkedInConversation({ connectsafely }: Simulator): Conversation {
  const { conversationUrn, recipientProfileUrn } = connectsafely.createConversation();
  return { channel: 'linkedin', target: { conversationUrn }, recipientProfileUrn };
}

/** The vendor's own id. */
export function idOf(conversation: Conversation): string {
  return conversation.channel === 'imessage'
    ? conversation.target.chatId
    : conversation.target.conversationUrn;
}
