import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
} from '@typingkit/core';
import type { VendorClient } from '@typingkit/core/http';
import { anything, array, object } from '@typingkit/core/schema';
import type { ZulipTarget } from './target.ts';

const Me = object({ is_active: anything() });
const Members = object({ subscribers: array(anything()) });

/** @see https://github.com/zulip/zulip/blob/main/zproject/default_settings.py (MAX_STREAM_SIZE_FOR_TYPING_NOTIFICATIONS) */
const mostSubscribers = 100;

const inactive: DiagnosisReason = {
  code: 'account',
  effect: 'hides',
  message: "the bot's account is deactivated",
  advice: 'Ask an administrator to activate it again.',
};
const large: DiagnosisReason = {
  code: 'group',
  effect: 'hides',
  message: `the channel has more than ${mostSubscribers} subscribers, and Zulip shows no typing there`,
  advice: 'Leave the indicator out here.',
};
/** They stand in no answer but that of `POST /register`, which opens a queue of events. */
const settings: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message: 'Zulip does not say whether the bot, and the people there, have typing notifications on',
  advice: "Send one start: it is rejected if the bot's are off.",
};

/**
 * Reads whether the account is active, and how large the channel is.
 *
 * @see https://zulip.com/api/get-subscribers
 */
export async function diagnoseConversation(
  ask: VendorClient<ZulipTarget>,
  target: ZulipTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const read = async (path: string): Promise<unknown> => {
    const request = { operation: 'diagnose', method: 'get', path, expects: 200, target } as const;
    return (await ask(request, call)).body;
  };
  const isInactive = Me.read(await read('/api/v1/users/me'))?.is_active === false;
  if (isInactive) return diagnosisOf([inactive]);
  if (target.topic === undefined) return diagnosisOf([settings]);
  // A list that is too long to be read is that of a large channel.
  const subscribers = Members.read(
    await read(`/api/v1/streams/${String(target.to)}/members`),
  )?.subscribers;
  const isLarge = (subscribers?.length ?? Infinity) > mostSubscribers;
  return diagnosisOf([...(isLarge ? [large] : []), settings]);
}
