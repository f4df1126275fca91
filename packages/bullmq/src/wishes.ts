import { parseOptions, type SessionUpdate } from '@typingkit/core';
import { optional, strictObject, string } from '@typingkit/core/schema';

/** What a session says of its work: a status and an action, each where it says one. */
export type Wishes = SessionUpdate;

/** What somebody says, without anything else that stands beside it. */
export function wishesOf({ action, status }: Wishes): Wishes {
  return { ...(status !== undefined && { status }), ...(action !== undefined && { action }) };
}

const UpdateShape = strictObject({ status: optional(string()), action: optional(string()) });

/** @throws TypingError `misconfigured`. */
export function checkedWishes(update: unknown): Wishes {
  return wishesOf(parseOptions('update', UpdateShape, update));
}

/** What stands in Redis, where another version may have written it. */
export function readWishes(json: string): Wishes | undefined {
  if (json === '') return undefined;
  try {
    const { action, status } = JSON.parse(json) as Readonly<Record<string, unknown>>;
    return wishesOf({
      action: typeof action === 'string' ? action : undefined,
      status: typeof status === 'string' ? status : undefined,
    });
  } catch {
    return undefined;
  }
}
