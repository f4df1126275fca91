import {
  type Diagnosis,
  type DiagnosisCode,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import { lookUp, type VendorAnswer } from '@typingkit/core/http';
import { traceOf } from './error-body.ts';
import { type TeamsTarget, tellsTyping } from './target.ts';

/** What the connector says where the bot may not read the members either. */
const refusals: Readonly<Record<string, DiagnosisReason>> = {
  BotNotInConversationRoster: hides(
    'left',
    'the bot is not in this conversation',
    'Add the app to the conversation again.',
  ),
  ConversationBlockedByUser: hides(
    'opted-out',
    'the person has blocked the bot',
    'Only they can change that.',
  ),
  BotDisabledByAdmin: hides(
    'account',
    'an administrator has disabled the bot',
    'Ask the administrator of the tenant to allow the app.',
  ),
};

const notInTeams = hides(
  'group',
  "Teams shows no typing in a team's channels",
  'Leave the indicator out here.',
);

/** Direct Line sends typing over its WebSocket only. */
const unseen: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message: 'only clients with a WebSocket receive typing, and there is no way to check',
  advice: 'Let the client receive activities over a WebSocket.',
};

/**
 * Asks for the members of the conversation, which needs the same rights as typing in it.
 *
 * @param readMembers asks the connector.
 * @see https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#get-conversation-members
 */
export async function diagnoseConversation(
  target: TeamsTarget,
  shows: boolean,
  readMembers: () => Promise<VendorAnswer>,
): Promise<Diagnosis> {
  const here = [...(shows ? [] : [notInTeams]), ...(tellsTyping(target) ? [unseen] : [])];
  try {
    const answer = await readMembers();
    return diagnosisOf(here, traceOf(answer));
  } catch (error) {
    const isOurs = TypingError.isInstance(error);
    const refusal = isOurs ? lookUp(refusals, error.vendorCode) : undefined;
    if (!isOurs || !refusal) throw error;
    return diagnosisOf([refusal, ...here], error.traceId);
  }
}

function hides(code: DiagnosisCode, message: string, advice: string): DiagnosisReason {
  return { code, effect: 'hides', message, advice };
}
