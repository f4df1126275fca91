import { literal, object, optional, string } from '@typingkit/core/schema';
import { AccountId, type ConnectSafelyTarget, ConversationUrn } from './target.ts';

/**
 * Finds the URN of a conversation by the id that webhooks have: `urn:li:messagingThread:2-…`.
 *
 * @param accountId the LinkedIn account that got the message, where the webhook names it.
 */
export type ConversationUrnOf = (
  conversationId: string,
  accountId: string | undefined,
) => string | undefined;

// https://connectsafely.ai/docs/webhooks/events
const MessageReceived = object({
  event: literal('message.received'),
  data: object({ conversation_id: string(/^[^\s]{1,512}$/), account_id: optional(AccountId) }),
});

/** The conversation of an inbound message, where somebody knows its URN. */
export function targetsInMessage(
  message: unknown,
  conversationUrnOf: ConversationUrnOf = () => undefined,
): ConnectSafelyTarget[] {
  const data = MessageReceived.read(message)?.data;
  if (!data) return [];
  const { conversation_id: id, account_id: accountId } = data;
  const conversationUrn = ConversationUrn.read(conversationUrnOf(id, accountId));
  return conversationUrn === undefined ? [] : [{ conversationUrn, accountId }];
}
