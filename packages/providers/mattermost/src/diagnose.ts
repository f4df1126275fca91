import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import type { VendorClient } from '@typingkit/core/http';
import type { MattermostTarget } from './target.ts';

const left: DiagnosisReason = {
  code: 'left',
  effect: 'hides',
  message: 'the bot is not in this channel',
  advice: 'Add the bot to the team and to the channel.',
};

/**
 * Reads whether the bot is in the channel.
 *
 * @see https://developers.mattermost.com/api-documentation/#/operations/GetChannelMember
 */
export async function diagnoseChannel(
  ask: VendorClient<MattermostTarget>,
  target: MattermostTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  try {
    const path = `/api/v4/channels/${target.channelId}/members/me`;
    await ask({ operation: 'diagnose', method: 'get', path, expects: 200, target }, call);
    return diagnosisOf([]);
  } catch (error) {
    const isOut =
      TypingError.isInstance(error) && (error.code === 'forbidden' || error.code === 'not-found');
    if (isOut) return diagnosisOf([left]);
    throw error;
  }
}
