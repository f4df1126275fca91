import { randomInt, randomUUID } from 'node:crypto';

import { z } from 'zod';

import { withoutUndefined } from '../../input.ts';
import type { SimulatedConversation } from '../vendor.ts';

const SERVICES = ['iMessage', 'SMS', 'RCS', 'any'] as const;

/** A chat in Messages on the Mac of the server. */
export interface BlueBubblesChat extends SimulatedConversation {
  readonly target: { readonly chatGuid: string };
  /** Over which network it runs. On newer versions of macOS guids say `any`. */
  readonly service: (typeof SERVICES)[number];
  readonly isGroup: boolean;
  /** The phone number of the person who writes. */
  readonly address: string;
}

/** What a new chat is like; by default one on iMessage with one person. */
export interface BlueBubblesChatOptions {
  readonly service?: BlueBubblesChat['service'] | undefined;
  readonly isGroup?: boolean | undefined;
  readonly address?: string | undefined;
}

export const blueBubblesChatOptions: z.ZodType<BlueBubblesChatOptions> = z.strictObject({
  service: z.enum(SERVICES).optional(),
  isGroup: z.boolean().optional(),
  address: z
    .string()
    .regex(/^\+[1-9]\d{4,18}$/)
    .optional(),
});

export function newBlueBubblesChat(options: BlueBubblesChatOptions): BlueBubblesChat {
  const given = {
    service: 'iMessage',
    isGroup: false,
    address: `+1555${String(randomInt(2_000_000, 9_999_999))}`,
    ...withoutUndefined(options),
  } as const;
  const { service, isGroup, address } = given;
  const chatGuid = isGroup
    ? `${service};+;chat${String(randomInt(10 ** 11))}`
    : `${service};-;${address}`;
  return { ...given, id: chatGuid, target: { chatGuid } };
}

/** The webhook `new-message`. */
export function newMessageBody(chat: BlueBubblesChat, text: string, nowMs: number): object {
  return {
    type: 'new-message',
    data: {
      guid: randomUUID().toUpperCase(),
      text,
      isFromMe: false,
      itemType: 0,
      associatedMessageGuid: null,
      associatedMessageType: null,
      dateCreated: nowMs,
      handle: { address: chat.address, service: chat.service },
      chats: [{ guid: chat.id, style: chat.isGroup ? 43 : 45 }],
    },
  };
}
