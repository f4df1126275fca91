import { randomUUID } from 'node:crypto';

import { threadUrn } from './thread.ts';

interface Received {
  readonly conversationUrn: string;
  readonly accountId: string;
  readonly recipientProfileUrn: string;
}

/** The body of a webhook. @see https://connectsafely.ai/docs/webhooks/events */
export function messageReceivedBody(
  { conversationUrn, accountId, recipientProfileUrn }: Received,
  text: string,
  atMs: number,
): object {
  const messageUrn = `urn:li:messagingMessage:2-${Buffer.from(randomUUID()).toString('base64')}`;
  return {
    event: 'message.received',
    object: 'event',
    data: {
      id: messageUrn,
      message_urn: messageUrn,
      account_id: accountId,
      provider: 'LINKEDIN',
      sender: {
        id: recipientProfileUrn,
        name: 'Jane Doe',
        profile_url: null,
        profile_picture: null,
      },
      body: text,
      timestamp: new Date(atMs).toISOString(),
      conversation_id: threadUrn(conversationUrn),
      attachments: [],
    },
  };
}
