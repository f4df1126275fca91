import type { Simulator } from '@typingkit/simulator';
import type { Conversation } from './conversation.ts';

/** Sends a message through the vendor's own API, as a bot does without typingkit. Rejects where it was refused. */
export async function deliver(
  simulator: Simulator,
  to: Conversation,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  const { linq, connectsafely } = simulator;
  const request =
    to.channel === 'imessage'
      ? {
          url: `${linq.baseUrl}/v3/chats/${to.target.chatId}/messages`,
          key: linq.apiKey,
          body: { message: { parts: [{ type: 'text', value: text }] } },
        }
      : {
          url: `${connectsafely.baseUrl}/messaging/send-with-typing`,
          key: connectsafely.apiKey,
          // Without the URN of the conversation: with it, the vendor would type for a moment, too.
          body: { recipientProfileUrn: to.recipientProfileUrn, message: text },
        };
  const response = await fetch(request.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${request.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(request.body),
    signal,
  });
  if (!response.ok) throw new Error(`The message was refused: ${response.status}`);
}
