import type { WebhookEvent } from '@typingkit/core/webhook';
import { linqTargetsIn } from '../inbound.ts';
import { instantMs } from '../instant.ts';
import { type LinqTarget, readLinqChatId } from '../target.ts';

/** A message that came in, as Linq sends it: the body of a `message.received`. */
export interface LinqMessage {
  readonly event_type: 'message.received';
  readonly event_id: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** What else Linq sends: `created_at`, `webhook_version`, … */
  readonly [field: string]: unknown;
}

/** What a webhook of Linq tells, as far as anybody asks for it. */
export type LinqEvent =
  | {
      readonly kind: 'typing';
      readonly state: 'started' | 'stopped';
      readonly eventId: string;
      readonly chatId: string;
      /** When it happened, in milliseconds since 1970. */
      readonly atMs: number;
    }
  | { readonly kind: 'message'; readonly message: LinqMessage; readonly target: LinqTarget };

/** Which events somebody asks for. */
export interface LinqEventWishes {
  readonly messages: boolean;
  readonly typing: boolean;
  /** How long an event about typing is news, in milliseconds. */
  readonly expiresMs: number;
}

/** Linq's names of the events that are about typing. */
export const typingEventTypes = [
  'chat.typing_indicator.started',
  'chat.typing_indicator.stopped',
] as const;

/**
 * Makes the function that reads the body of a webhook: what it tells, nothing where nobody asks for that, `undefined`
 * where it is not what Linq promises. Written out by hand, because it is on the way of every event.
 *
 * @see https://docs.linqapp.com/guides/webhooks/events
 */
export function linqEventReader({
  messages,
  typing,
  expiresMs,
}: LinqEventWishes): (body: unknown) => readonly WebhookEvent<LinqEvent>[] | undefined {
  function readTyping(body: object, state: 'started' | 'stopped', id: string) {
    // The same in the versions 2025-01-01 and 2026-02-03.
    const atMs = instantMs(fieldOf(body, 'created_at'));
    const chatId = readLinqChatId(fieldOf(fieldOf(body, 'data'), 'chat_id'));
    if (atMs === undefined || chatId === undefined) return undefined;
    const event: LinqEvent = { kind: 'typing', state, eventId: id, chatId, atMs };
    return [{ id, event, atMs, maxAgeMs: expiresMs, orderKey: chatId }];
  }

  return (body) => {
    const type = fieldOf(body, 'event_type');
    if (typeof body !== 'object' || body === null || typeof type !== 'string') return undefined;
    const state =
      type === typingEventTypes[0]
        ? 'started'
        : type === typingEventTypes[1]
          ? 'stopped'
          : undefined;
    const isWanted = state ? typing : messages && type === 'message.received';
    if (!isWanted) return [];
    const id = fieldOf(body, 'event_id');
    if (typeof id !== 'string' || id === '' || id.length > 256) return undefined;
    if (state) return readTyping(body, state, id);
    if (!isObject(fieldOf(body, 'data'))) return undefined;
    // Our own message has no target.
    const [target] = linqTargetsIn(body);
    if (!target) return [];
    // Checked field by field above.
    const message = body as LinqMessage;
    return [{ id, event: { kind: 'message', message, target }, ifSlow: 'accept' }];
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) ? Reflect.get(value, name) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
