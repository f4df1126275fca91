import type { TypingErrorCode } from '../contract/typing-error.ts';

const codes: Readonly<Record<number, TypingErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  429: 'rate-limited',
};

/** What an HTTP status that is not a success means. Anything that is no 4xx and no 5xx is a `bad-response`. */
export function codeOfStatus(status: number): TypingErrorCode {
  if (status >= 500 && status < 600) return 'unavailable';
  if (status >= 400 && status < 500) return codes[status] ?? 'rejected';
  return 'bad-response';
}
