/** Everything that follows from a code of the server itself. */
export interface ProblemRow {
  readonly status: number;
  /** What it means, as a sentence without a full stop. */
  readonly title: string;
  /** What to do next, as a full sentence. */
  readonly advice: string;
  /** When to try again, where that helps. */
  readonly retryAfterMs?: number;
}

/** Why the server itself refuses a request. Whatever typing refuses has the codes of a `TypingError`. */
export type ServerProblemCode =
  | 'invalid-request'
  | 'no-token'
  | 'wrong-token'
  | 'foreign-caller'
  | 'no-such-endpoint'
  | 'no-such-session'
  | 'wrong-method'
  | 'request-timeout'
  | 'session-ended'
  | 'session-elsewhere'
  | 'body-too-large'
  | 'wrong-content-type'
  | 'key-used-otherwise'
  | 'headers-too-large'
  | 'internal'
  | 'too-many-sessions'
  | 'too-many-readers'
  | 'shutting-down';

/** One row for each code: the answers and the documentation are made of it. */
export const serverProblems: Readonly<Record<ServerProblemCode, ProblemRow>> = {
  'invalid-request': {
    status: 400,
    title: 'The request is invalid',
    advice: 'Check it against the OpenAPI document at /openapi.json.',
  },
  'no-token': {
    status: 401,
    title: 'A token is required',
    advice: 'Send it in the header "Authorization: Bearer <token>".',
  },
  'wrong-token': {
    status: 401,
    title: 'The token is not valid',
    advice: 'Check that the client and the server have the same token.',
  },
  'foreign-caller': {
    status: 403,
    title: 'Without a token only programs on this machine may ask',
    advice: 'Use the address 127.0.0.1, or start the server with a token.',
  },
  'no-such-endpoint': {
    status: 404,
    title: 'There is no such endpoint',
    advice: 'See /openapi.json for all endpoints.',
  },
  'no-such-session': {
    status: 404,
    title: 'There is no such session',
    advice: 'Check the id. A session that ended long ago is forgotten.',
  },
  'wrong-method': {
    status: 405,
    title: 'The endpoint does not support this method',
    advice: 'See /openapi.json for all endpoints.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    advice: 'Check the connection, and try again.',
    retryAfterMs: 1_000,
  },
  'session-ended': {
    status: 410,
    title: 'The session has ended',
    advice: 'Open a new session if the bot still works; closeReason says why this one ended.',
  },
  'session-elsewhere': {
    status: 409,
    title: 'Another process holds the session',
    advice: 'Send this request to the server that opened the session.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    advice: 'Send at most 64 KiB, or 1 MiB for a webhook.',
  },
  'wrong-content-type': {
    status: 415,
    title: 'The content type is not supported',
    advice: 'Send "Content-Type: application/json".',
  },
  'key-used-otherwise': {
    status: 422,
    title: 'The idempotency key was used for another request',
    advice: 'Use a new key for each new session.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    advice: 'Send less than 16 KiB of headers.',
  },
  internal: {
    status: 500,
    title: 'The server itself failed',
    advice: 'Please report it at https://github.com/typingkit/typingkit/issues.',
  },
  'too-many-sessions': {
    status: 503,
    title: 'Too many sessions are alive',
    advice: 'End sessions that are not needed, or raise the limit of the server.',
    retryAfterMs: 5_000,
  },
  'too-many-readers': {
    status: 503,
    title: 'Too many clients read events',
    advice: 'Close streams that are not needed.',
    retryAfterMs: 5_000,
  },
  'shutting-down': {
    status: 503,
    title: 'The server is shutting down',
    advice: 'Try again, or ask another server.',
    retryAfterMs: 2_000,
  },
};
