import { randomInt } from 'node:crypto';

import { z } from 'zod';

import { withoutUndefined } from '../../input.ts';
import type { SimulatedConversation } from '../vendor.ts';

/** A person, and the line that writes to them. */
export interface SendblueChat extends SimulatedConversation {
  readonly target: { readonly number: string; readonly fromNumber: string };
  readonly service: 'iMessage' | 'SMS';
  /** Whether a message was sent not long ago. */
  readonly isRecent: boolean;
  /** Whether the line has ever written to the person. */
  readonly hasRoute: boolean;
  readonly isOptedOut: boolean;
  readonly line: 'ONLINE' | 'OFFLINE' | 'DEGRADED' | 'UNKNOWN';
}

/** What of a chat can change while it lives. */
export type SendblueChatChange = {
  readonly [Name in keyof Omit<SendblueChat, 'id' | 'target'>]?: SendblueChat[Name] | undefined;
};

/** What a new chat is like; by default one on iMessage in which somebody has just written. */
export type SendblueChatOptions = SendblueChatChange & {
  readonly number?: string | undefined;
  readonly fromNumber?: string | undefined;
};

export const LINE = '+19175551234';

const phone = z.string().regex(/^\+[1-9]\d{6,14}$/);
const change = {
  service: z.enum(['iMessage', 'SMS']).optional(),
  isRecent: z.boolean().optional(),
  hasRoute: z.boolean().optional(),
  isOptedOut: z.boolean().optional(),
  line: z.enum(['ONLINE', 'OFFLINE', 'DEGRADED', 'UNKNOWN']).optional(),
};

export const sendblueChatChange: z.ZodType<SendblueChatChange> = z.strictObject(change);
export const sendblueChatOptions: z.ZodType<SendblueChatOptions> = z.strictObject({
  ...change,
  number: phone.optional(),
  fromNumber: phone.optional(),
});

/** What `recipientView` knows it by. */
export function sendblueId(fromNumber: string, number: string): string {
  return `${fromNumber}/${number}`;
}

export function newSendblueChat({
  fromNumber = LINE,
  number = `+1415555${String(randomInt(1000, 10_000))}`,
  ...given
}: SendblueChatOptions): SendblueChat {
  return {
    service: 'iMessage',
    isRecent: true,
    hasRoute: true,
    isOptedOut: false,
    line: 'ONLINE',
    ...withoutUndefined(given),
    id: sendblueId(fromNumber, number),
    target: { number, fromNumber },
  };
}

/** Why a start that was accepted stays dark: one of the vendor's `silences`. */
export function silenceOf({ service, isRecent }: SendblueChat): string | null {
  if (service === 'SMS') return 'sms';
  return isRecent ? null : 'not-recent';
}
