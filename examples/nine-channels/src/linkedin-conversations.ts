import type { ConversationUrnOf } from 'typingkit';

/** The part of ConnectSafely's webhook that identifies the conversation. */
interface MessageReceived {
  readonly data?: { readonly conversation_id?: string; readonly account_id?: string };
}

interface RecentMessages {
  readonly conversations: readonly {
    readonly conversationUrn: string;
    readonly backendConversationUrn: string;
  }[];
}

const urns = new Map<string, string>();

/** The URN of a conversation whose thread was looked up. */
export const conversationUrnOf: ConversationUrnOf = (thread, accountId = '') =>
  urns.get(`${accountId} ${thread}`);

/** Looks up the URN of a message's conversation. Each mailbox has a different one for the same thread. */
export async function lookUpConversation(message: unknown): Promise<void> {
  // ConnectSafely signed it.
  const { conversation_id: thread = '', account_id: accountId = '' } =
    (message as MessageReceived).data ?? {};
  if (thread === '' || urns.has(`${accountId} ${thread}`)) return;
  const { CONNECTSAFELY_API_KEY: apiKey = '', CONNECTSAFELY_BASE_URL } = process.env;
  const baseUrl = CONNECTSAFELY_BASE_URL ?? 'https://api.connectsafely.ai/linkedin';
  const query = new URLSearchParams({ count: '100', accountId });
  const response = await fetch(`${baseUrl}/messaging/recent-messages?${query}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  if (!response.ok) throw new Error(`ConnectSafely answered ${response.status}.`);
  const { conversations } = (await response.json()) as RecentMessages;
  for (const { conversationUrn, backendConversationUrn } of conversations)
    urns.set(`${accountId} ${backendConversationUrn}`, conversationUrn);
}
