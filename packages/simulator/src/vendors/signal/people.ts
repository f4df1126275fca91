import { randomBytes, randomInt, randomUUID } from 'node:crypto';

import { z } from 'zod';

import { withoutUndefined } from '../../input.ts';
import type { SimulatedConversation } from '../vendor.ts';

/** The number that the server has registered. */
export const OWN_NUMBER = '+15550100001';

/** A person, or a group in which one writes. */
export interface SignalConversation extends SimulatedConversation {
  readonly target: { readonly recipient: string; readonly number: string };
  readonly kind: 'person' | 'group';
  /** The person's own phone number. */
  readonly phoneNumber: string;
  /** Whether the person keeps the number to themselves: then it is in nothing that is received. */
  readonly hidesNumber: boolean;
  /** The person's account id. */
  readonly uuid: string;
  /** Of a group: its id at signal-cli, in base64. */
  readonly groupId: string | null;
  readonly isRegistered: boolean;
  readonly hasBlockedUs: boolean;
  /** Whether both sides have switched typing indicators on. */
  readonly typingIndicators: boolean;
}

/** What a new one is like; by default a person. */
export interface SignalConversationOptions extends SignalConversationChange {
  readonly kind?: 'person' | 'group' | undefined;
  readonly phoneNumber?: string | undefined;
  readonly hidesNumber?: boolean | undefined;
}

/** What can change while it lives. */
export interface SignalConversationChange {
  readonly isRegistered?: boolean | undefined;
  readonly hasBlockedUs?: boolean | undefined;
  readonly typingIndicators?: boolean | undefined;
}

const change = {
  isRegistered: z.boolean().optional(),
  hasBlockedUs: z.boolean().optional(),
  typingIndicators: z.boolean().optional(),
};

export const signalConversationChange: z.ZodType<SignalConversationChange> = z.strictObject(change);

export const signalConversationOptions: z.ZodType<SignalConversationOptions> = z.strictObject({
  ...change,
  kind: z.enum(['person', 'group']).optional(),
  phoneNumber: z
    .string()
    .regex(/^\+[1-9]\d{4,18}$/)
    .optional(),
  hidesNumber: z.boolean().optional(),
});

export function newSignalConversation(options: SignalConversationOptions): SignalConversation {
  const { kind = 'person', phoneNumber = randomNumber(), ...given } = options;
  const uuid = randomUUID();
  const groupId = kind === 'group' ? randomBytes(32).toString('base64') : null;
  const recipient = groupId === null ? uuid : `group.${btoa(groupId)}`;
  return {
    hidesNumber: false,
    isRegistered: true,
    hasBlockedUs: false,
    typingIndicators: true,
    ...withoutUndefined(given),
    id: recipient,
    target: { recipient, number: OWN_NUMBER },
    kind,
    phoneNumber,
    uuid,
    groupId,
  };
}

function randomNumber(): string {
  return `+1555${String(randomInt(2_000_000, 9_999_999))}`;
}

/** What signal-cli-rest-api receives of one, besides what it is. */
export function envelopeOf(
  { groupId, hidesNumber, phoneNumber, uuid }: SignalConversation,
  nowMs: number,
  content: (group: { readonly groupId: string } | null) => object,
): object {
  const sourceNumber = hidesNumber ? null : phoneNumber;
  const from = { source: sourceNumber ?? uuid, sourceNumber, sourceUuid: uuid, sourceName: 'Ada' };
  const group = groupId === null ? null : { groupId };
  return {
    envelope: { ...from, sourceDevice: 1, timestamp: nowMs, ...content(group) },
    account: OWN_NUMBER,
  };
}
