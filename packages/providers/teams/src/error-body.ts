import type { TypingErrorCode } from '@typingkit/core';
import { lookUp, type VendorAnswer, type VendorError } from '@typingkit/core/http';
import { anything, object, otherwise, string } from '@typingkit/core/schema';

const Refused = object({
  error: otherwise(object({ code: otherwise(string(), ''), message: anything() }), {
    code: '',
    message: undefined,
  }),
  // What stands before the connector has a shape of its own.
  message: anything(),
});

const statuses: Readonly<Record<number, TypingErrorCode>> = {
  405: 'unsupported',
  // Another request changed the conversation at the same time.
  412: 'unavailable',
};

/**
 * Codes that say more than the status.
 *
 * @see https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages
 */
const codes: Readonly<Record<string, TypingErrorCode>> = {
  // A 403, and in some places a 404.
  BotNotInConversationRoster: 'forbidden',
  InvalidBotApiHost: 'rejected',
};

const advice: Readonly<Record<string, string>> = {
  BotNotInConversationRoster: 'Add the app to the conversation again.',
  BotDisabledByAdmin: 'Ask the administrator of the tenant to allow the app.',
  BotNotRegistered: 'Check appId: no bot is registered under it.',
  ConversationBlockedByUser: 'The person has blocked the bot, and only they can change that.',
  InvalidBotApiHost: 'Take serviceUrl from the newest activity: this tenant is in another cloud.',
};

/** Reads what the connector says went wrong. */
export function readTeamsError(answer: VendorAnswer): VendorError {
  const { status, body, redact } = answer;
  const refused = Refused.read(body);
  // `Bad Argument` is written with and without the blank.
  const vendorCode = redact.word(refused?.error.code.replaceAll(' ', ''));
  return {
    code: lookUp(codes, vendorCode) ?? statuses[status],
    reason: redact.sentence(refused?.error.message) ?? redact.sentence(refused?.message),
    advice:
      lookUp(advice, vendorCode) ??
      (status === 401 ? 'Check appId, appPassword and tenantId.' : undefined),
    vendorCode,
    traceId: traceOf(answer),
  };
}

/** The connector's own id of the exchange, which Microsoft's support asks for. */
export function traceOf(answer: VendorAnswer): string | undefined {
  return answer.redact.word(answer.header('x-correlating-operationid'));
}
