import { object, type Schema, string } from '@typingkit/core/schema';

/** A person on LINE, in their chat with the official account. Groups and rooms have no indicator. */
export interface LineTarget {
  /** The person's id, as `source.userId` in the webhook: `U` and 32 hexadecimal digits. */
  readonly userId: string;
}

export const Target: Schema<LineTarget> = object({
  userId: string(
    /^U[0-9a-f]{32}$/,
    'must be the id of a person: U and 32 hexadecimal digits (the ids of groups and rooms begin with C and R)',
  ),
});
