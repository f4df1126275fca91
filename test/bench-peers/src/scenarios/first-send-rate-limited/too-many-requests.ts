/** What Telegram says when it is asked too often. */
export const tooManyRequests = {
  error_code: 429,
  description: 'Too Many Requests: retry after 5',
  parameters: { retry_after: 5 },
};

/** Long enough for the answer to arrive. */
export const workMs = 200;
