import * as z from 'zod/mini';
import { instantMs } from '../instant.ts';
import { LinqChatId } from '../target.ts';

/** Linq's names of the events that are about typing. */
export const typingEventTypes = [
  'chat.typing_indicator.started',
  'chat.typing_indicator.stopped',
] as const;

/** What a webhook says, as far as it is about typing. */
export type LinqEvent =
  | {
      readonly kind: 'typing';
      readonly state: 'started' | 'stopped';
      readonly eventId: string;
      readonly chatId: string;
      /** When it happened, in milliseconds since 1970. */
      readonly atMs: number;
    }
  /** About something else. */
  | { readonly kind: 'other' }
  /** No event, or not what Linq promises. */
  | { readonly kind: 'malformed' };

const AnyEvent = z.object({ event_type: z.string() });
// It is the same in the versions 2025-01-01 and 2026-02-03.
// https://docs.linqapp.com/guides/webhooks/events
const TypingEvent = z.object({
  event_id: z.string().check(z.minLength(1), z.maxLength(256)),
  created_at: z.pipe(
    z.unknown(),
    z.transform((value, context) => {
      const ms = instantMs(value);
      if (ms !== undefined) return ms;
      context.issues.push({ code: 'custom', input: value, message: 'must be an instant' });
      return z.NEVER;
    }),
  ),
  data: z.object({ chat_id: LinqChatId }),
});

/** Reads the body of a webhook. Only ever a verified one. */
export function readLinqEvent(body: string): LinqEvent {
  const json = parseJson(body);
  const type = AnyEvent.safeParse(json).data?.event_type;
  if (type === undefined) return { kind: 'malformed' };
  if (type !== typingEventTypes[0] && type !== typingEventTypes[1]) return { kind: 'other' };
  const event = TypingEvent.safeParse(json).data;
  if (!event) return { kind: 'malformed' };
  return {
    kind: 'typing',
    state: type === typingEventTypes[0] ? 'started' : 'stopped',
    eventId: event.event_id,
    chatId: event.data.chat_id,
    atMs: event.created_at,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
