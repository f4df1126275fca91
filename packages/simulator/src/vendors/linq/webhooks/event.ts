import { randomBytes, randomUUID } from 'node:crypto';

/** What can be subscribed to. As in `@linqapp/sdk` 0.28.2; the vendor adds to it with every version. */
export const LINQ_EVENT_TYPES = [
  'message.sent',
  'message.received',
  'message.read',
  'message.delivered',
  'message.failed',
  'message.edited',
  'reaction.added',
  'reaction.removed',
  'participant.added',
  'participant.removed',
  'chat.created',
  'chat.group_name_updated',
  'chat.group_icon_updated',
  'chat.group_name_update_failed',
  'chat.group_icon_update_failed',
  'chat.typing_indicator.started',
  'chat.typing_indicator.stopped',
  'phone_number.status_updated',
  'call.initiated',
  'call.ringing',
  'call.answered',
  'call.ended',
  'call.failed',
  'call.declined',
  'call.no_answer',
  'location.sharing.started',
  'location.sharing.stopped',
] as const;

export type LinqEventType = (typeof LINQ_EVENT_TYPES)[number];

/** Something that the vendor tells its subscribers. */
export interface LinqEvent {
  readonly eventId: string;
  readonly eventType: LinqEventType;
  /** When it happened, in the time that webhooks go by. */
  readonly createdAtMs: number;
  readonly traceId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The payload. The two versions differ in their messages, which are here those of 2026-02-03, not in their typing events. */
export interface LinqEventBody {
  readonly api_version: 'v3';
  readonly webhook_version: LinqWebhookVersion;
  readonly event_type: LinqEventType;
  readonly event_id: string;
  readonly created_at: string;
  readonly trace_id: string;
  readonly partner_id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const LINQ_WEBHOOK_VERSIONS = ['2025-01-01', '2026-02-03'] as const;

const NEWEST_VERSION = '2026-02-03';

type LinqWebhookVersion = (typeof LINQ_WEBHOOK_VERSIONS)[number];

export function isLinqEventType(text: string): text is LinqEventType {
  return LINQ_EVENT_TYPES.some((eventType) => eventType === text);
}

export function newLinqEvent(
  eventType: LinqEventType,
  data: LinqEvent['data'],
  createdAtMs: number,
): LinqEvent {
  const traceId = randomBytes(16).toString('hex');
  return { eventId: randomUUID(), eventType, createdAtMs, traceId, data };
}

/** Without a URL, what a webhook of the newest version has. */
export function linqEventBody(event: LinqEvent, targetUrl?: string): LinqEventBody {
  return {
    api_version: 'v3',
    webhook_version: targetUrl === undefined ? NEWEST_VERSION : webhookVersion(targetUrl),
    event_type: event.eventType,
    event_id: event.eventId,
    created_at: new Date(event.createdAtMs).toISOString(),
    trace_id: event.traceId,
    partner_id: 'simulated-partner',
    data: event.data,
  };
}

// Without `?version=` the vendor goes by the day of the subscription, and all of ours are new. An unknown version is a
// case that it does not document.
function webhookVersion(targetUrl: string): LinqWebhookVersion {
  const asked = new URL(targetUrl).searchParams.get('version');
  return LINQ_WEBHOOK_VERSIONS.find((version) => version === asked) ?? NEWEST_VERSION;
}
