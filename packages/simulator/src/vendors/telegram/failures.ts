import type { VendorFailure, VendorFailures } from '../vendor.ts';

/** Status and words of the Bot API server. @see https://github.com/tdlib/telegram-bot-api */
const DOCUMENTED = {
  unauthorized: [401, 'Unauthorized'],
  'invalid-token': [401, 'Unauthorized: invalid token specified'],
  'not-found': [404, 'Not Found'],
  'method-not-found': [404, 'Not Found: method not found'],
  misdirected: [421, 'Misdirected Request: unallowed token specified'],
  'chat-not-found': [400, 'Bad Request: chat not found'],
  'private-chat-not-found': [400, 'Bad Request: private chat not found'],
  'business-connection-not-found': [400, 'Bad Request: business connection not found'],
  'wrong-action': [400, 'Bad Request: wrong parameter action in request'],
  'chat-id-empty': [400, 'Bad Request: chat_id is empty'],
  'chat-id-not-integer': [400, 'Bad Request: chat identifier must be a valid Integer'],
  'message-empty': [400, 'Bad Request: message text is empty'],
  'thread-not-found': [400, 'Bad Request: message thread not found'],
  'no-write-access': [400, 'Bad Request: have no write access to the chat'],
  'channel-direct-messages': [
    400,
    "Bad Request: chat actions can't be sent to channel direct messages chats",
  ],
  'write-forbidden': [400, 'Bad Request: CHAT_WRITE_FORBIDDEN'],
  'topic-closed': [400, 'Bad Request: TOPIC_CLOSED'],
  // What is said to a draft outside of a private chat, or with the id 0, is documented nowhere: these are guesses.
  'draft-peer-invalid': [400, 'Bad Request: TEXTDRAFT_PEER_INVALID'],
  'draft-id-invalid': [400, 'Bad Request: draft identifier must be non-zero'],
  blocked: [403, 'Forbidden: bot was blocked by the user'],
  deactivated: [403, 'Forbidden: user is deactivated'],
  kicked: [403, 'Forbidden: bot was kicked from the supergroup chat'],
  'not-a-member': [403, 'Forbidden: bot is not a member of the supergroup chat'],
  'group-deleted': [403, 'Forbidden: the group chat was deleted'],
  'server-error': [500, 'Internal Server Error: restart'],
} as const;

type TelegramFailure = keyof typeof DOCUMENTED;

export function telegramFailure(name: TelegramFailure): VendorFailure {
  const [status, description] = DOCUMENTED[name];
  return failure(status, description);
}

export function tooManyRequests(retryAfterSeconds: number): VendorFailure {
  const said = failure(429, `Too Many Requests: retry after ${String(retryAfterSeconds)}`, {
    retry_after: retryAfterSeconds,
  });
  return { ...said, headers: { 'Retry-After': String(retryAfterSeconds) } };
}

/** A group that has become a supergroup says under which id. */
export function upgradedTo(migrateToChatId: number): VendorFailure {
  return failure(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
    migrate_to_chat_id: migrateToChatId,
  });
}

/** Telegram names the kind of chat that the bot is no longer in. */
export function noLongerIn(state: 'kicked' | 'left', type: string): VendorFailure {
  const what = state === 'kicked' ? 'was kicked from' : 'is not a member of';
  return failure(403, `Forbidden: bot ${what} the ${type} chat`);
}

/** All of them, to be had on demand. */
export const telegramFailures: VendorFailures = {
  ...Object.fromEntries(
    Object.entries(DOCUMENTED).map(
      ([name, [status, description]]) => [name, failure(status, description)] as const,
    ),
  ),
  'rate-limited': ({ retryAfterSeconds }) => tooManyRequests(retryAfterSeconds),
  'server-error': telegramFailure('server-error'),
  'upgraded-to-supergroup': upgradedTo(-1001234567890),
  'bad-gateway': {
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<html><head><title>502 Bad Gateway</title></head></html>',
  },
};

/** The status in the body is always that of the answer. */
function failure(status: number, description: string, parameters?: object): VendorFailure {
  const body = { ok: false, error_code: status, description };
  return { status, body: parameters === undefined ? body : { ...body, parameters } };
}
