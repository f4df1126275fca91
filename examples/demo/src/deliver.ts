import type { Conversation } from './conversation.ts';

/** Who gets the answer: ConnectSafely asks for the person, too. */
export type Recipient = Conversation & { readonly recipientProfileUrn?: string | undefined };

/**
 * Sends a message through the vendor's own API, as a bot does without typingkit.
 *
 * @see https://docs.linqapp.com
 * @see https://connectsafely.ai/docs/api
 */
export async function deliver(to: Recipient, text: string): Promise<void> {
  const { env } = process;
  if (to.channel === 'imessage') {
    await post(
      `${env['LINQ_API_BASE_URL']}/v3/chats/${to.target.chatId}/messages`,
      env['LINQ_API_KEY'],
      { message: { parts: [{ type: 'text', value: text }] } },
    );
  } else {
    await post(
      `${env['CONNECTSAFELY_BASE_URL']}/messaging/send-with-typing`,
      env['CONNECTSAFELY_API_KEY'],
      { ...to.target, recipientProfileUrn: to.recipientProfileUrn, message: text },
    );
  }
}

async function post(url: string, apiKey: string | undefined, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The message was refused: ${response.status}`);
}
