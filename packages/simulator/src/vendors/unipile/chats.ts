import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { withoutUndefined } from '../../input.ts';
import type { SimulatedConversation } from '../vendor.ts';

const ACCOUNT_STATES = ['running', 'errored', 'disconnected', 'paused'] as const;

/** A chat on LinkedIn, in the mailbox of one linked account. */
export interface UnipileChat extends SimulatedConversation {
  readonly target: { readonly chatId: string; readonly accountId: string };
  /** The state of the account that has the chat; of all chats of that account, the newest counts. */
  readonly account: (typeof ACCOUNT_STATES)[number];
  readonly isGroup: boolean;
  /** Whether nothing can be sent any more. */
  readonly isReadonly: boolean;
  /** Whether both people have switched typing indicators on. */
  readonly typingIndicators: boolean;
}

/** What a new chat is like; by default one with one person, of the account that the environment names. */
export type UnipileChatOptions = {
  readonly [Name in keyof Omit<UnipileChat, 'id' | 'target'>]?: UnipileChat[Name] | undefined;
} & { readonly chatId?: string | undefined; readonly accountId?: string | undefined };

/** What of a chat can change while it lives. */
export type UnipileChatChange = Omit<UnipileChatOptions, 'chatId' | 'accountId' | 'isGroup'>;

const change = {
  account: z.enum(ACCOUNT_STATES).optional(),
  isReadonly: z.boolean().optional(),
  typingIndicators: z.boolean().optional(),
};

export const unipileChatChange: z.ZodType<UnipileChatChange> = z.strictObject(change);

export const unipileChatOptions: z.ZodType<UnipileChatOptions> = z.strictObject({
  ...change,
  isGroup: z.boolean().optional(),
  chatId: z
    .string()
    .regex(/^[\w=+/-]{1,512}$/)
    .optional(),
  accountId: z
    .string()
    .regex(/^acc_[\w-]{1,128}$/)
    .optional(),
});

/** The account that the environment of a bot names. */
export const DEFAULT_ACCOUNT = 'acc_simulator';

export function newUnipileChat(options: UnipileChatOptions): UnipileChat {
  const { chatId = randomThread(), accountId = DEFAULT_ACCOUNT, ...given } = options;
  return {
    account: 'running',
    isGroup: false,
    isReadonly: false,
    typingIndicators: true,
    ...withoutUndefined(given),
    id: `${accountId} ${chatId}`,
    target: { chatId, accountId },
  };
}

/** Real ids of threads are `2-` and the base64 of a UUID and a number. */
function randomThread(): string {
  return `2-${Buffer.from(`${randomUUID()}_100`).toString('base64')}`;
}
