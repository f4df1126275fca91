import type { Conversation } from './conversation.ts';

/** Who gets the answer: ConnectSafely asks for the person, too. */
export type Recipient = Conversation & { readonly recipientProfileUrn?: string | undefined };

/**
 * Sends a message through the platform's own API, as a bot does without typingkit.
 *
 * @see https://docs.linqapp.com
 * @see https://connectsafely.ai/docs/api
 * @see https://core.telegram.org/bots/api#sendmessage
 * @see https://docs.slack.dev/reference/methods/chat.postMessage
 */
export async function deliver(to: Recipient, text: string): Promise<void> {
  const { env } = process;
  switch (to.channel) {
    case 'imessage':
      return post(
        `${env['LINQ_API_BASE_URL']}/v3/chats/${to.target.chatId}/messages`,
        env['LINQ_API_KEY'],
        { message: { parts: [{ type: 'text', value: text }] } },
      );
    case 'linkedin':
      return post(
        `${env['CONNECTSAFELY_BASE_URL']}/messaging/send-with-typing`,
        env['CONNECTSAFELY_API_KEY'],
        { ...to.target, recipientProfileUrn: to.recipientProfileUrn, message: text },
      );
    case 'telegram':
      // Its key is in the path.
      return post(
        `${env['TELEGRAM_API_BASE_URL']}/bot${env['TELEGRAM_BOT_TOKEN']}/sendMessage`,
        undefined,
        { chat_id: to.target.chatId, text },
      );
    case 'slack':
      return post(`${env['SLACK_API_URL']}/chat.postMessage`, env['SLACK_BOT_TOKEN'], {
        channel: to.target.channelId,
        thread_ts: to.target.threadTs,
        text,
      });
  }
}

async function post(url: string, apiKey: string | undefined, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The message was refused: ${response.status}`);
}
