import { z } from 'zod';

import type { LinkedInAccountChange } from '../connectsafely/accounts.ts';
import type { LinkedInConversationOptions } from '../connectsafely/vendor.ts';
import type { LinqChatChange, LinqChatOptions } from '../linq/chats.ts';
import type { ReleaseOrder } from '../linq/webhooks/delivery.ts';
import { LINQ_EVENT_TYPES } from '../linq/webhooks/event.ts';
import type { LinqEventType } from '../linq/webhooks/event.ts';
import type { LinqWebhookOptions } from '../linq/webhooks/webhooks.ts';
import type { RequestFilter } from '../observing/request-log.ts';

const service = z.enum(['iMessage', 'SMS', 'RCS']);
const state = z.enum(['ready', 'creating', 'left']);
const health = z.enum(['HEALTHY', 'AT_RISK', 'CRITICAL', 'OPTED_OUT']);
const text = z.string().min(1);
const agoMs = z.number().min(0).nullable();

export const chatOptions: z.ZodType<LinqChatOptions> = z.strictObject({
  chatId: text.optional(),
  apiKey: text.optional(),
  group: z.boolean().optional(),
  service: service.optional(),
  reportedService: service.nullable().optional(),
  state: state.optional(),
  health: health.optional(),
  lastSentAgoMs: agoMs.optional(),
  lastReceivedAgoMs: agoMs.optional(),
});

export const chatChange: z.ZodType<LinqChatChange> = z.strictObject({
  service: service.optional(),
  reportedService: service.nullable().optional(),
  state: state.optional(),
  health: health.optional(),
});

export const chatMessage: z.ZodType<{ from: 'us' | 'them' }> = z.strictObject({
  from: z.enum(['us', 'them']),
});

const accountState = {
  status: z.enum(['AVAILABLE', 'IN_USE', 'WARMUP', 'FREE', 'PREMIUM', 'ERROR']).optional(),
  enabled: z.boolean().optional(),
  hasTokens: z.boolean().optional(),
};

export const accountOptions: z.ZodType<LinkedInAccountChange & { accountId?: string | undefined }> =
  z.strictObject({ accountId: text.optional(), ...accountState });

export const accountChange: z.ZodType<LinkedInAccountChange> = z.strictObject(accountState);

export const personTypes: z.ZodType<{ state: 'started' | 'stopped' } | { forMs: number }> = z.union(
  [
    z.strictObject({ state: z.enum(['started', 'stopped']) }),
    z.strictObject({ forMs: z.number().positive() }),
  ],
);

export const webhookOptions: z.ZodType<LinqWebhookOptions> = z.strictObject({
  targetUrl: z.url({ protocol: /^https?$/ }),
  subscribedEvents: z.array(z.enum(LINQ_EVENT_TYPES)).min(1).optional(),
  phoneNumbers: z.array(text).min(1).optional(),
  signingSecret: text.optional(),
  apiKey: text.optional(),
});

export const webhookEvent: z.ZodType<{
  eventType: LinqEventType;
  data: Record<string, unknown>;
}> = z.strictObject({
  eventType: z.enum(LINQ_EVENT_TYPES),
  data: z.record(z.string(), z.unknown()),
});

export const webhookRelease: z.ZodType<{ order?: ReleaseOrder | undefined }> = z.strictObject({
  order: z.enum(['in-order', 'reversed']).optional(),
});

export const conversationOptions: z.ZodType<LinkedInConversationOptions> = z.strictObject({
  conversationUrn: text.optional(),
  accountId: text.optional(),
  recipientProfileUrn: text.optional(),
  typingIndicators: z.boolean().optional(),
});

export const conversationReference: z.ZodType<{ conversationUrn: string }> = z.strictObject({
  conversationUrn: text,
});

export const conversationQuery: z.ZodType<{ conversation: string }> = z.strictObject({
  conversation: text,
});

export const requestFilter: z.ZodType<RequestFilter> = z.strictObject({
  vendor: z.enum(['linq', 'connectsafely']).optional(),
  method: text.optional(),
  conversation: text.optional(),
});

export const clockAdvance: z.ZodType<{ milliseconds: number }> = z.strictObject({
  milliseconds: z.number().min(0),
});

export const clockSpeed: z.ZodType<{ speed: number }> = z.strictObject({
  speed: z.number().min(0),
});

/** What the receiver itself checks: settings and faults. */
export const anyObject: z.ZodType<Record<string, unknown>> = z.record(z.string(), z.unknown());
