import { z } from 'zod';

import type { LinkedInAccountChange } from './accounts.ts';
import type { LinkedInConversationOptions } from './vendor.ts';

const text = z.string().min(1);

const accountState = {
  status: z.enum(['AVAILABLE', 'IN_USE', 'WARMUP', 'FREE', 'PREMIUM', 'ERROR']).optional(),
  enabled: z.boolean().optional(),
  hasTokens: z.boolean().optional(),
};

export const accountOptions: z.ZodType<LinkedInAccountChange & { accountId?: string | undefined }> =
  z.strictObject({ accountId: text.optional(), ...accountState });

export const accountChange: z.ZodType<LinkedInAccountChange> = z.strictObject(accountState);

export const conversationOptions: z.ZodType<LinkedInConversationOptions> = z.strictObject({
  conversationUrn: text.optional(),
  accountId: text.optional(),
  recipientProfileUrn: text.optional(),
  typingIndicators: z.boolean().optional(),
});
