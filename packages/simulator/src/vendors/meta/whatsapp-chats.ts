import { randomBytes, randomInt } from 'node:crypto';

import { z } from 'zod';

import { withoutUndefined } from '../../input.ts';
import type { SimulatedConversation } from '../vendor.ts';

/** What one person wrote to one number. */
export interface WhatsAppChat extends SimulatedConversation {
  readonly target: {
    /** The newest message of theirs. */
    readonly messageId: string;
    readonly from: string;
    readonly phoneNumberId: string;
  };
  /** The person's number. */
  readonly from: string;
  readonly phoneNumberId: string;
  /** Whether the person wrote within 24 hours, and has not blocked the number. */
  readonly window: 'open' | 'closed' | 'blocked';
  readonly quality: 'GREEN' | 'YELLOW' | 'RED';
}

/** What a new chat is like; by default one in which a person has just written. */
export type WhatsAppChatOptions = {
  readonly [Name in keyof Omit<WhatsAppChat, 'id' | 'target'>]?: WhatsAppChat[Name] | undefined;
};

/** What of a chat can change while it lives. */
export type WhatsAppChatChange = Pick<WhatsAppChatOptions, 'window' | 'quality'>;

const change = {
  window: z.enum(['open', 'closed', 'blocked']).optional(),
  quality: z.enum(['GREEN', 'YELLOW', 'RED']).optional(),
};
export const whatsappChatChange: z.ZodType<WhatsAppChatChange> = z.strictObject(change);
export const whatsappChatOptions: z.ZodType<WhatsAppChatOptions> = z.strictObject({
  ...change,
  from: z.string().min(1).optional(),
  phoneNumberId: z.string().regex(/^\d+$/).optional(),
});

/** What `recipientView` knows it by. */
export function whatsappId(phoneNumberId: string, from: string): string {
  return `${phoneNumberId}/${from}`;
}

export function newWhatsAppChat(options: WhatsAppChatOptions): WhatsAppChat {
  const phoneNumberId = options.phoneNumberId ?? '106540352242922';
  const from = options.from ?? `1650555${String(randomInt(1000, 10_000))}`;
  return {
    window: 'open',
    quality: 'GREEN',
    ...withoutUndefined(options),
    id: whatsappId(phoneNumberId, from),
    target: { messageId: newMessageId(), from, phoneNumberId },
    from,
    phoneNumberId,
  };
}

export function newMessageId(): string {
  return `wamid.${randomBytes(30).toString('base64')}`;
}
