import { randomUUID } from 'node:crypto';

import type { VendorFailure, VendorFailures } from '../vendor.ts';

/**
 * Status, code and words of the connector.
 * @see https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages
 */
const DOCUMENTED = {
  'bad-argument': [400, 'BadArgument', 'Invalid activity type'],
  'bot-not-registered': [401, 'BotNotRegistered', 'No registration found for this bot.'],
  'not-in-roster': [
    403,
    'BotNotInConversationRoster',
    'The bot is not part of the conversation roster.',
  ],
  blocked: [403, 'ConversationBlockedByUser', 'User blocked the conversation with the bot.'],
  disabled: [403, 'BotDisabledByAdmin', 'The tenant admin disabled this bot.'],
  'no-permission': [403, 'NotEnoughPermissions', 'The bot has not enough permissions.'],
  'writes-blocked': [403, 'MessageWritesBlocked', 'Message writes are blocked in this thread.'],
  'wrong-cloud': [403, 'InvalidBotApiHost', 'Invalid bot API host for this tenant.'],
  'conversation-not-found': [404, 'ConversationNotFound', 'Conversation not found.'],
  'activity-not-found': [404, 'ActivityNotFoundInConversation', 'Activity not found.'],
  'method-not-allowed': [405, 'MethodNotAllowed', 'The channel does not support the operation.'],
  'precondition-failed': [412, 'PreconditionFailed', 'Precondition failed, please try again.'],
  'too-big': [413, 'MessageSizeTooBig', 'Message size too large.'],
  'server-error': [500, 'ServiceError', 'Service error.'],
  'bad-gateway': [502, 'ServiceError', 'Service dependency issue.'],
  unavailable: [503, 'ServiceError', 'Service is unavailable.'],
  'gateway-timeout': [504, 'ServiceError', 'Gateway timeout.'],
} as const;

type ConnectorFailure = keyof typeof DOCUMENTED;

export function connectorFailure(name: ConnectorFailure): VendorFailure {
  const [status, code, message] = DOCUMENTED[name];
  return withTrace({ status, body: { error: { code, message } } });
}

/** What stands before the connector answers this to a token that it does not know. */
export function unauthorized(): VendorFailure {
  const message = 'Authorization has been denied for this request.';
  return withTrace({ status: 401, body: { message } });
}

export function throttled(retryAfterSeconds: number): VendorFailure {
  return withTrace({
    status: 429,
    headers: { 'Retry-After': String(retryAfterSeconds) },
    body: { error: { code: 'Throttled', message: 'Too many requests.' } },
  });
}

/**
 * What Microsoft Entra answers in place of a token.
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export function tokenFailure(
  status: number,
  error: string,
  aadsts: number,
  words: string,
): VendorFailure {
  const [traceId, correlationId] = [randomUUID(), randomUUID()];
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${String(aadsts)}: ${words} Trace ID: ${traceId} Correlation ID: ${correlationId}`,
      error_codes: [aadsts],
      trace_id: traceId,
      correlation_id: correlationId,
    },
  };
}

/** All of them, to be had on demand. */
export const teamsFailures: VendorFailures = {
  ...Object.fromEntries(
    // Its keys are what it is made of.
    Object.keys(DOCUMENTED).map(
      (name) => [name, () => connectorFailure(name as ConnectorFailure)] as const,
    ),
  ),
  'rate-limited': ({ retryAfterSeconds }) => throttled(retryAfterSeconds),
  'server-error': () => connectorFailure('server-error'),
  unauthorized,
  'invalid-client': () =>
    tokenFailure(401, 'invalid_client', 7000215, 'Invalid client secret provided.'),
};

/** Every answer of the connector has an id of its own. */
function withTrace(failure: VendorFailure): VendorFailure {
  return { ...failure, headers: { ...failure.headers, ...traceHeader() } };
}

export function traceHeader(): Readonly<Record<string, string>> {
  return { 'X-Correlating-OperationId': randomUUID() };
}
