import {
  type CallOptions,
  type Diagnosis,
  type DiagnosisCode,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import type { Parameters, VendorAnswer, VendorClient } from '@typingkit/core/http';
import { anything, literal, object } from '@typingkit/core/schema';
import type { SlackTarget } from './target.ts';

const Accepted = object({ ok: literal(true) });
const Channel = object({ channel: object({ is_archived: anything(), is_member: anything() }) });

/**
 * Asks which scopes the token has, whether the bot is in the channel, and whether the thread is there.
 *
 * @see https://docs.slack.dev/reference/methods/auth.test
 * @see https://docs.slack.dev/reference/methods/conversations.info
 */
export async function diagnoseThread(
  ask: VendorClient<SlackTarget>,
  sessions: boolean,
  target: SlackTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const read = async (path: string, form: Parameters = {}): Promise<VendorAnswer> => {
    const request = { operation: 'diagnose', method: 'post', path, form, expects: 200 } as const;
    const answer = await ask({ ...request, target }, call);
    if (!Accepted.accepts(answer.body)) throw answer.failure();
    return answer;
  };
  /** What one question finds; what it may not ask is a doubt. */
  const reasonsIn = async (
    path: string,
    form: Parameters,
    find: (answer: VendorAnswer) => DiagnosisReason[],
  ): Promise<DiagnosisReason[]> => {
    try {
      return find(await read(path, form));
    } catch (error) {
      if (!TypingError.isInstance(error)) throw error;
      if (error.vendorCode === 'missing_scope') return [unread];
      if (error.vendorCode === 'channel_not_found') return [noChannel];
      if (error.code === 'not-found') return [noThread];
      throw error;
    }
  };
  const { channelId: channel, threadTs: ts } = target;
  const scopes = (await read('/auth.test')).header('x-oauth-scopes');
  const inChannel = await reasonsIn('/conversations.info', { channel }, channelReasons);
  const isThere = ts !== null && !inChannel.includes(noChannel);
  const inThread = isThere
    ? await reasonsIn('/conversations.replies', { channel, ts, limit: 1 }, () => [])
    : [];
  return diagnosisOf([
    ...(scopes === undefined || /\b(?:chat|assistant):write\b/.test(scopes) ? [] : [noScope]),
    ...new Set([...inChannel, ...inThread]),
    ...(sessions ? [perhapsNoAgent] : []),
  ]);
}

function channelReasons({ body }: VendorAnswer): DiagnosisReason[] {
  const channel = Channel.read(body)?.channel;
  if (channel?.is_archived === true) return [archived];
  return channel?.is_member === false ? [left] : [];
}

function hides(code: DiagnosisCode, message: string, advice: string): DiagnosisReason {
  return { code, effect: 'hides', message, advice };
}

const noScope = hides(
  'forbidden',
  'the token does not have the scope chat:write',
  'Add the scope chat:write to the app, and install it again.',
);
const noChannel = hides(
  'not-found',
  'there is no such channel, or the bot is not in it',
  'Check channelId, and invite the bot to the channel.',
);
const noThread = hides(
  'not-found',
  'there is no such thread',
  'Give the ts of the message that begins the thread. It may have been deleted.',
);
const archived = hides('left', 'the channel is archived', 'Unarchive the channel.');
const left = hides('left', 'the bot is not in this channel', 'Invite the bot to the channel.');
const unread: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message: 'the token does not have the scopes to read the channel and its thread',
  advice: 'Add channels:read and channels:history, or send one start to find out.',
};
const perhapsNoAgent: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message: 'Slack does not say whether the app is declared as an agent',
  advice: 'Send one start: it fails with unsupported if the app is not declared as an agent.',
};
