import { TypingError, type TypingErrorCode, type TypingOperation } from '@typingkit/core';
import { lookUp } from '@typingkit/core/http';
import { attributeOf, childOf, childrenOf, type Element } from './stanza.ts';

/** What was being done when the server said no. */
export type Stage = 'login' | 'stream' | 'stanza' | 'join';

/**
 * What an error stanza means.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6120#section-8.3.3
 */
const stanzaCodes: Readonly<Record<string, TypingErrorCode>> = {
  'bad-request': 'rejected',
  conflict: 'rejected',
  'feature-not-implemented': 'unsupported',
  forbidden: 'forbidden',
  gone: 'not-found',
  'internal-server-error': 'unavailable',
  'item-not-found': 'not-found',
  'jid-malformed': 'rejected',
  'not-acceptable': 'forbidden',
  'not-allowed': 'forbidden',
  'not-authorized': 'forbidden',
  'policy-violation': 'forbidden',
  'recipient-unavailable': 'not-found',
  redirect: 'rejected',
  'registration-required': 'forbidden',
  'remote-server-not-found': 'not-found',
  'remote-server-timeout': 'unavailable',
  'resource-constraint': 'rate-limited',
  'service-unavailable': 'unsupported',
  'subscription-required': 'forbidden',
};

/**
 * What it means that a login failed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6120#section-6.5
 */
const loginCodes: Readonly<Record<string, TypingErrorCode>> = {
  aborted: 'unavailable',
  'encryption-required': 'misconfigured',
  'temporary-auth-failure': 'unavailable',
};

/**
 * What it means that the server ended the connection.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6120#section-4.9.3
 */
const streamCodes: Readonly<Record<string, TypingErrorCode>> = {
  'bad-format': 'bad-response',
  'host-gone': 'not-found',
  'host-unknown': 'not-found',
  'not-authorized': 'unauthenticated',
  'not-well-formed': 'bad-response',
  'policy-violation': 'rate-limited',
  'see-other-host': 'misconfigured',
};

const codesOf: Readonly<Record<Stage, (condition: string) => TypingErrorCode>> = {
  login: (condition) => lookUp(loginCodes, condition) ?? 'unauthenticated',
  stream: (condition) => lookUp(streamCodes, condition) ?? 'unavailable',
  stanza: (condition) => lookUp(stanzaCodes, condition) ?? 'rejected',
  join: (condition) => lookUp(stanzaCodes, condition) ?? 'rejected',
};

const reasons: Readonly<Record<Stage, string>> = {
  login: 'the server refused the login',
  stream: 'the server ended the connection',
  stanza: 'the server refused the chat state',
  join: 'the room did not let the bot in',
};

const advices: Readonly<Record<Stage, Readonly<Record<string, string>>>> = {
  login: {
    'not-authorized': 'Check jid and password.',
    'encryption-required': 'The server wants TLS, which service does not lead to.',
  },
  stream: {
    'host-unknown': 'Check jid and service: this server does not know the domain of the account.',
    'see-other-host': 'Set service to the server that holds the account.',
  },
  stanza: {
    'service-unavailable': 'Nobody is online there, or there is no such account.',
    'not-acceptable': 'Let the bot into the room again.',
    forbidden: 'Give the bot a voice in the room.',
    'not-allowed': 'Check that the server may talk to the domain of the address.',
  },
  join: {
    conflict: 'Choose another nickname: somebody in the room has this one.',
    forbidden: 'The bot is banned from the room.',
    'item-not-found': 'Check the address: there is no such room.',
    'not-authorized': 'The room wants a password, which this provider cannot give.',
    'registration-required': 'Make the bot a member of the room.',
  },
};

/** What a server says, as an error. Its own words stay out: they may quote anything. */
export function refusalOf(stage: Stage, said: string, isPassing = false): TypingError {
  const condition = /^[a-z][a-z-]{0,40}$/.test(said) ? said : 'undefined-condition';
  const code = codesOf[stage](condition);
  return new TypingError({
    // Some servers limit rates with it.
    code: isPassing && condition === 'policy-violation' ? 'rate-limited' : code,
    provider: 'xmpp',
    reason: reasons[stage],
    vendorCode: condition,
    advice: lookUp(advices[stage], condition),
  });
}

/** What an error stanza says. */
export function stanzaRefusal(stage: 'stanza' | 'join', stanza: Element): TypingError {
  const error = childOf(stanza, 'error');
  const said = error && childrenOf(error).find(({ name }) => name !== 'text')?.name;
  const isPassing = error !== undefined && attributeOf(error, 'type') === 'wait';
  return refusalOf(stage, said ?? '', isPassing);
}

/** What the library failed with while it connected, or afterwards, as an error. Of its own words none is kept. */
export function connectionFailure(error: unknown): TypingError {
  if (TypingError.isInstance(error)) return error;
  const { name, condition, code }: Partial<Record<'name' | 'condition' | 'code', unknown>> =
    Object(error);
  if (typeof condition === 'string') {
    // Its words for a server whose mechanisms it does not know.
    if (condition.startsWith('SASL:'))
      return failure('unsupported', 'the server offers no login that @xmpp/client knows');
    if (name === 'SASLError') return refusalOf('login', condition);
    return refusalOf(name === 'StreamError' ? 'stream' : 'stanza', condition);
  }
  if (name === 'TimeoutError') return failure('timeout', 'the server did not answer in time');
  if (name === 'XMLError')
    return failure('bad-response', 'the server does not speak XMPP', 'Check service.');
  const systemCode = typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : '';
  const why = systemCode && `: ${systemCode}`;
  return failure('network', `the connection to the server failed${why}`);
}

export function failure(code: TypingErrorCode, reason: string, advice?: string): TypingError {
  return new TypingError({ code, provider: 'xmpp', reason, advice });
}

/** The same error, of what was being done. */
export function during(operation: TypingOperation, error: unknown): unknown {
  if (!TypingError.isInstance(error) || error.operation !== undefined) return error;
  const { name: _, message: __, ...details } = error.toJSON();
  return new TypingError({ ...details, operation });
}

/** How soon to look again for who is not back yet, in milliseconds, and later by how much longer each time. */
const leastAgainMs = 1_000;
const againFactor = 3;

/**
 * What a server says of a person or a room that it does not know since it was started again.
 *
 * @param lostForMs how long ago that was, in milliseconds.
 */
export function notBackYet(error: unknown, lostForMs: number): unknown {
  if (!TypingError.isInstance(error)) return error;
  const { vendorCode = '', operation } = error;
  if (!['service-unavailable', 'item-not-found'].includes(vendorCode)) return error;
  return new TypingError({
    code: 'unavailable',
    provider: 'xmpp',
    operation,
    reason: 'nobody is back there since the connection was lost',
    vendorCode,
    retryAfterMs: Math.max(leastAgainMs, againFactor * lostForMs),
  });
}
