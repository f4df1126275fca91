import { z } from 'zod';

import type { LinqChatChange, LinqChatOptions } from './chats.ts';
import type { ReleaseOrder } from './webhooks/delivery.ts';
import { LINQ_EVENT_TYPES } from './webhooks/event.ts';
import type { LinqEventType } from './webhooks/event.ts';
import type { LinqWebhookOptions } from './webhooks/webhooks.ts';

const service = z.enum(['iMessage', 'SMS', 'RCS']);
const state = z.enum(['ready', 'creating', 'left']);
const health = z.enum(['HEALTHY', 'AT_RISK', 'CRITICAL', 'OPTED_OUT']);
const text = z.string().min(1);
const agoMs = z.number().min(0).nullable();

export const linqChatOptions: z.ZodType<LinqChatOptions> = z.strictObject({
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

export const linqChatChange: z.ZodType<LinqChatChange> = z.strictObject({
  service: service.optional(),
  reportedService: service.nullable().optional(),
  state: state.optional(),
  health: health.optional(),
});

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
