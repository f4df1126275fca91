import type { TypingErrorCode } from '@typingkit/core';
import type { ProviderFacts } from '../src/index.ts';
import { telegraph, type TelegraphTarget } from './telegraph.ts';

/** What is true of {@link telegraph}. */
export const telegraphFacts: ProviderFacts<TelegraphTarget> = {
  create: telegraph,
  credential: '123456:AAF-conformance_key',
  target: { chatId: -100_777 },
  otherTarget: { chatId: -100_777, topicId: 42 },
  invalidTargets: [{ chatId: '42' }, { chatId: 1.5 }, { chatId: 42, topicId: 'general' }],
  hidden: ['-100777'],
  start: {
    method: 'POST',
    path: (token) => `/bot${token}/sendChatAction`,
    form: { chat_id: '-100777', action: 'typing' },
    answer: { status: 200, json: { ok: true, result: true } },
  },
  stop: 'expires',
  failures: [
    refusal(401, 401, 'unauthenticated'),
    refusal(403, 403, 'forbidden'),
    refusal(200, 403, 'forbidden'),
    {
      name: '429 inside a 200',
      answer: {
        status: 200,
        json: {
          ok: false,
          error_code: 429,
          description: 'Too Many Requests: retry after 5',
          parameters: { retry_after: 5 },
        },
      },
      code: 'rate-limited',
      retryAfterMs: 5_000,
    },
  ],
};

function refusal(
  status: number,
  error: number,
  code: TypingErrorCode,
): ProviderFacts['failures'][number] {
  const json = { ok: false, error_code: error, description: 'No' };
  return { name: `${error} inside a ${status}`, answer: { status, json }, code };
}
