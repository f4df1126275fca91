import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import type { VendorClient } from '@typingkit/core/http';
import { anything, object, otherwise } from '@typingkit/core/schema';
import type { DiscordTarget } from './target.ts';

// Only ever read to find a reason: a field that is missing gives none.
const Channel = object({
  type: anything(),
  thread_metadata: otherwise(object({ archived: anything(), locked: anything() }), {
    archived: undefined,
    locked: undefined,
  }),
});

/** A category, a directory, a forum, a forum of media: nobody writes in these. */
const withoutMessages: ReadonlySet<unknown> = new Set([4, 14, 15, 16]);

const left: DiagnosisReason = {
  code: 'left',
  effect: 'hides',
  message: 'the bot cannot see this channel',
  advice: 'Add the bot to the server, and let it view the channel.',
};
const wrongTarget: DiagnosisReason = {
  code: 'wrong-target',
  effect: 'hides',
  message: 'this kind of channel has no messages',
  advice: 'Type in one of its threads or channels: its own id is the target.',
};
const locked: DiagnosisReason = {
  code: 'forbidden',
  effect: 'may-hide',
  message: 'the thread is locked',
  advice: 'Let the bot manage threads, or ask a moderator to unlock it.',
};
const archived: DiagnosisReason = {
  code: 'inactive-chat',
  effect: 'may-hide',
  message: 'the thread is archived',
  advice: 'Send a message: it opens the thread again.',
};
/** What a bot may do follows from roles and from overwrites of the channel, which it would take many requests to read. */
const unverified: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message: 'Discord does not say in one answer whether the bot may send messages here',
  advice: 'Send one start: it fails with forbidden if the bot may not.',
};

/**
 * Reads what the channel is.
 *
 * @see https://discord.com/developers/docs/resources/channel#get-channel
 */
export async function diagnoseChannel(
  ask: VendorClient<DiscordTarget>,
  target: DiscordTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  try {
    const path = `/channels/${target.channelId}`;
    const request = { operation: 'diagnose', method: 'get', path, expects: 200, target } as const;
    const channel = Channel.read((await ask(request, call)).body);
    if (withoutMessages.has(channel?.type)) return diagnosisOf([wrongTarget]);
    const { thread_metadata: thread } = channel ?? {};
    return diagnosisOf([
      ...(thread?.locked === true ? [locked] : []),
      ...(thread?.archived === true ? [archived] : []),
      unverified,
    ]);
  } catch (error) {
    if (TypingError.isInstance(error) && error.code === 'forbidden') return diagnosisOf([left]);
    throw error;
  }
}
