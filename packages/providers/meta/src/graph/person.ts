import { type Schema, string } from '@typingkit/core/schema';

/** Someone who writes to a page or an account: ids are scoped to it, and the same person has others elsewhere. */
export const PersonId: Schema<string> = string(
  /^\d{5,20}$/,
  'must be digits: sender.id of a message in the webhook',
);

/** A page, or an account on Instagram. */
export const OwnerId: Schema<string> = string(/^\d{1,20}$/, 'must be digits');
