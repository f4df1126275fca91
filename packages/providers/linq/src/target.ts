import { literal, object, optional, type Schema, string, transform } from '@typingkit/core/schema';

/** A chat, in Linq's own id. */
export interface LinqTarget {
  /** The chat's UUID. */
  readonly chatId: string;
  /**
   * What the person's message came over, where that is not iMessage: nothing shows then, and a `fallback` takes over. Default:
   * iMessage, or nobody knows.
   */
  readonly service?: 'SMS' | 'RCS' | undefined;
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A chat's id in its one form; `undefined` for anything else. What webhooks ask for each event. */
export function readLinqChatId(value: unknown): string | undefined {
  return typeof value === 'string' && uuid.test(value) ? value.toLowerCase() : undefined;
}

/** A chat's id, in the one form that it has in every target and in every conversation key. */
export const LinqChatId: Schema<string> = transform(
  string(uuid, 'must be a UUID such as 550e8400-e29b-41d4-a716-446655440000'),
  (id) => id.toLowerCase(),
);

/** What a message came over, where that is not iMessage. */
export const LinqService: Schema<LinqTarget['service']> = optional(literal('SMS', 'RCS'));

export const LinqTargetShape: Schema<LinqTarget> = object({
  chatId: LinqChatId,
  service: LinqService,
});
