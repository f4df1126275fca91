import type { ProviderInboundEvent } from '@typingkit/core';
import {
  anything,
  object,
  type OutputOf,
  optional,
  otherwise,
  string,
} from '@typingkit/core/schema';
import { Target, type TeamsTarget } from './target.ts';

const Account = object({ id: anything(), role: anything() });
const Activity = object({
  type: string(),
  id: otherwise(optional(string()), undefined),
  timestamp: anything(),
  serviceUrl: optional(string()),
  channelId: optional(string()),
  from: Account,
  recipient: otherwise(optional(Account), undefined),
  conversation: object({ id: string(), conversationType: optional(string()) }),
});

/** The conversation of a person's message. An edit, a reaction, a click or who joined is no message. */
export function teamsTargetsIn(activity: unknown): TeamsTarget[] {
  const target = targetOf(activityFrom(activity, 'message'));
  return target ? [target] : [];
}

/** That the person types, which Web Chat and Direct Line tell, and Teams does not. Nobody tells that they ceased. */
export function teamsInboundIn(
  activity: unknown,
  lifetimeMs: number,
): ProviderInboundEvent<TeamsTarget>[] {
  const read = activityFrom(activity, 'typing');
  const target = targetOf(read);
  if (!read || !target) return [];
  const at = dateIn(read.timestamp);
  return [
    {
      state: 'started',
      target,
      at,
      // A typing activity need not have an id.
      eventId: read.id ?? at.toISOString(),
      expiresInMs: lifetimeMs,
    },
  ];
}

function activityFrom(
  value: unknown,
  type: 'message' | 'typing',
): OutputOf<typeof Activity> | undefined {
  const read = Activity.read(value);
  if (!read || read.type !== type) return undefined;
  const { from, recipient } = read;
  const isOurs = from.role === 'bot' || (from.id !== undefined && from.id === recipient?.id);
  return isOurs ? undefined : read;
}

function targetOf(activity: OutputOf<typeof Activity> | undefined): TeamsTarget | undefined {
  if (!activity) return undefined;
  const { conversation, serviceUrl, channelId } = activity;
  const { id: conversationId, conversationType } = conversation;
  return Target.read({ conversationId, serviceUrl, conversationType, channelId });
}

/** Where it is in no form that is known, the event is new enough to be of now. */
function dateIn(timestamp: unknown): Date {
  // The SDKs make a `Date` of it.
  const isDate = typeof timestamp === 'string' || timestamp instanceof Date;
  const date = new Date(isDate ? timestamp : Number.NaN);
  return Number.isNaN(date.getTime()) ? new Date() : date;
}
