import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import type { VendorAnswer, VendorClient } from '@typingkit/core/http';
import { anything, array, object, string } from '@typingkit/core/schema';
import type { MessengerTarget } from './messenger.ts';

const Page = object({ id: string() });
const Conversations = object({ data: array(object({ updated_time: anything() })) });

const windowMs = 24 * 3_600_000;

const stranger: DiagnosisReason = {
  code: 'wrong-owner',
  effect: 'hides',
  message: 'this person has no conversation with the page of the access token',
  advice: 'Use the token of the page to which the person wrote: ids are valid for one page only.',
};
const silent: DiagnosisReason = {
  code: 'inactive-chat',
  effect: 'may-hide',
  message:
    'nothing was written in this conversation for 24 hours, after which a page may not answer',
  advice: 'Wait until the person writes again.',
};
/** Nobody can ask whether a person is signed in. */
const unseen: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message: 'Messenger shows typing only to people who are signed in, and there is no way to check',
  advice: 'Look at the conversation as the person who wrote.',
};

/**
 * Reads whose token it is, and when something was last written in the conversation. The latter needs a permission that not
 * every token has: without it nothing is said about it.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/conversations
 */
export async function diagnosePerson(
  ask: VendorClient<MessengerTarget>,
  path: string,
  target: MessengerTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const read = (at: string, query: Record<string, string>): Promise<VendorAnswer> =>
    ask({ operation: 'diagnose', method: 'get', path: at, query, expects: 200, target }, call);
  const page = await read(path, { fields: 'id' });
  if (!Page.accepts(page.body)) throw page.failure('bad-response');
  try {
    const answer = await read(`${path}/conversations`, {
      platform: 'messenger',
      user_id: target.recipientId,
      fields: 'updated_time',
    });
    return diagnosisOf([...conversationReasons(answer), unseen]);
  } catch (error) {
    if (isWithoutPermission(error)) return diagnosisOf([unseen]);
    throw error;
  }
}

function conversationReasons(answer: VendorAnswer): readonly DiagnosisReason[] {
  const conversations = Conversations.read(answer.body)?.data;
  if (!conversations) return [];
  if (conversations.length === 0) return [stranger];
  const writtenAtMs = conversations.map(({ updated_time: at }) => instantOf(at));
  return nowOf(answer) - Math.max(...writtenAtMs) > windowMs ? [silent] : [];
}

/** Seconds since 1970, as Meta's page has it, or a date whose zone has no colon, which not every engine reads. */
function instantOf(time: unknown): number {
  const text = String(time);
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  return Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
}

function nowOf(answer: VendorAnswer): number {
  const atMs = Date.parse(answer.header('date') ?? '');
  return Number.isNaN(atMs) ? Date.now() : atMs;
}

function isWithoutPermission(error: unknown): boolean {
  return (
    TypingError.isInstance(error) &&
    (error.code === 'forbidden' || error.code === 'rejected' || error.code === 'not-found')
  );
}
