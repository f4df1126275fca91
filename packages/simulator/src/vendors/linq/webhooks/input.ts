import { isLinqEventType } from './event.ts';
import type { LinqErrorCode } from '../errors.ts';
import type { LinqWebhookSubscriptionChange } from './subscriptions.ts';

export type WebhookInput =
  | { readonly change: LinqWebhookSubscriptionChange }
  | { readonly refusedWith: LinqErrorCode; readonly message?: string };

/**
 * Reads the fields of a subscription, those that are there. Which code stands for which mistake follows from the table
 * of codes; the endpoint's own page does not say.
 * @see https://docs.linqapp.com/error
 */
export function readWebhookInput(body: unknown, httpTargets: boolean): WebhookInput {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { refusedWith: 1003 };
  const fields: Readonly<Record<string, unknown>> = { ...body };
  const change: {
    -readonly [Name in keyof LinqWebhookSubscriptionChange]: LinqWebhookSubscriptionChange[Name];
  } = {};

  const targetUrl = fields['target_url'];
  if (targetUrl !== undefined) {
    if (typeof targetUrl !== 'string' || !isTarget(targetUrl, httpTargets)) {
      return { refusedWith: 1005, message: 'target_url must be an HTTPS URL' };
    }
    change.targetUrl = targetUrl;
  }

  const events = fields['subscribed_events'];
  if (events !== undefined) {
    const isList = Array.isArray(events) && events.length > 0;
    const known = isList ? events.map(String).filter(isLinqEventType) : [];
    if (!isList || known.length < events.length) {
      return { refusedWith: 1005, message: 'subscribed_events has an unknown event type' };
    }
    change.subscribedEvents = known;
  }

  const numbers = fields['phone_numbers'];
  if (numbers !== undefined) {
    const list = numbers === null ? [] : numbers;
    if (!Array.isArray(list) || !list.every(isPhoneNumber)) return { refusedWith: 1002 };
    change.phoneNumbers = list.length === 0 ? null : list;
  }

  const isActive = fields['is_active'];
  if (isActive !== undefined) {
    if (typeof isActive !== 'boolean') return { refusedWith: 1005 };
    change.isActive = isActive;
  }
  return { change };
}

function isTarget(text: string, httpTargets: boolean): boolean {
  const url = URL.parse(text);
  if (url?.protocol === 'https:') return true;
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url?.hostname ?? '');
  return httpTargets && url?.protocol === 'http:' && isLoopback;
}

function isPhoneNumber(value: unknown): value is string {
  return typeof value === 'string' && /^\+[1-9]\d{1,14}$/.test(value);
}
