import type { TypingErrorCode } from '@typingkit/core';
import { lookUp, type VendorAnswer, type VendorError } from '@typingkit/core/http';
import { anything, integer, literal, object, optional } from '@typingkit/core/schema';

const Refused = object({
  ok: literal(false),
  error_code: integer(),
  description: anything(),
  parameters: optional(object({ retry_after: anything(), migrate_to_chat_id: anything() })),
});
const ChatIdNumber = integer();

const checkToken = 'Check the bot token, and baseUrl if you have set it.';

const codes: Readonly<Record<number, TypingErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  // No chat ever gives a 404: the server does not know the token, or the method below a wrong baseUrl.
  404: 'unauthenticated',
  // Servers of one's own, for a token that they do not serve.
  421: 'unauthenticated',
  429: 'rate-limited',
  500: 'unavailable',
};

/**
 * A 400 says only in words what is wrong. These are the exact ones.
 *
 * @see https://github.com/tdlib/telegram-bot-api (Client.cpp) and https://github.com/tdlib/td (DialogActionManager.cpp)
 */
const meanings: Readonly<Record<string, TypingErrorCode>> = {
  'Bad Request: chat not found': 'not-found',
  'Bad Request: private chat not found': 'not-found',
  'Bad Request: business connection not found': 'not-found',
  'Bad Request: have no write access to the chat': 'forbidden',
  'Bad Request: CHAT_WRITE_FORBIDDEN': 'forbidden',
  'Bad Request: TOPIC_CLOSED': 'forbidden',
  "Bad Request: chat actions can't be sent to channel direct messages chats": 'unsupported',
};

/** Reads what the Bot API says went wrong. */
export function readTelegramError(answer: VendorAnswer): VendorError {
  const refused = Refused.read(answer.body);
  const movedTo = ChatIdNumber.read(refused?.parameters?.migrate_to_chat_id);
  // Without a body of the Bot API's own, what stands in the way answered: a proxy, or a wrong baseUrl.
  const code = refused ? codeOf(refused.error_code, refused.description) : codes[answer.status];
  return {
    code: movedTo === undefined ? code : 'not-found',
    advice:
      movedTo !== undefined
        ? `The group has become a supergroup: use the chat id ${movedTo}.`
        : code === 'unauthenticated'
          ? checkToken
          : undefined,
    reason: answer.redact.sentence(refused?.description),
    vendorCode: answer.redact.word(refused?.error_code),
    // The body first: whether the cloud passes the header on is not known.
    retryAfterMs: answer.retryAfterMs(refused?.parameters?.retry_after),
  };
}

function codeOf(errorCode: number, description: unknown): TypingErrorCode {
  return lookUp(meanings, description) ?? codes[errorCode] ?? 'rejected';
}
