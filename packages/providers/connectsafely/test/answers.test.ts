import type { TypingErrorCode } from '@typingkit/core';
import { describe, expect, test } from 'vitest';
import { connectSafely } from '../src/index.ts';
import { failureOf, fieldsOf } from './support/failure.ts';
import {
  type Answer,
  accepted,
  accountId,
  answerOnce,
  apiKey,
  bodyMarker,
  conversationUrn,
  onlyAnnouncedRequests,
} from './support/connectsafely-vendor.ts';

onlyAnnouncedRequests();

const silent = 'the vendor gave no reason';
const unpromised = 'the answer is not what the vendor documents';

function startFailure(answer: Answer): ReturnType<typeof failureOf> {
  answerOnce(answer);
  return failureOf(connectSafely({ apiKey }).start({ conversationUrn, accountId }, {}));
}

const zodError = {
  success: false,
  error: {
    name: 'ZodError',
    issues: [
      {
        code: 'invalid_type',
        expected: 'string',
        received: 'undefined',
        path: ['profileId'],
        message: 'Required',
      },
    ],
  },
};

interface Expected {
  readonly code: TypingErrorCode;
  readonly retryable?: boolean;
  readonly reason: string;
  readonly vendorCode?: string;
  readonly advice?: RegExp;
}

describe('the answers of the typing indicator', () => {
  test.each<[string, number, unknown, Expected]>([
    // What the vendor documents, sample by sample.
    [
      'the text of the sample',
      400,
      { success: false, error: 'conversationUrn is required' },
      { code: 'rejected', reason: 'conversationUrn is required' },
    ],
    ['a Zod error', 400, zodError, { code: 'rejected', reason: 'profileId: Required' }],
    [
      '401 without success',
      401,
      { error: 'Unauthorized - Invalid credentials' },
      { code: 'unauthenticated', reason: 'Unauthorized - Invalid credentials', advice: /API key/ },
    ],
    [
      'an expired trial',
      403,
      {
        success: false,
        error: 'Your trial has expired. Please subscribe to continue using this feature.',
      },
      {
        code: 'forbidden',
        reason: 'Your trial has expired. Please subscribe to continue using this feature',
        advice: /whole account.*trial/,
      },
    ],
    [
      'an account that is not there',
      404,
      { error: 'Account not found' },
      { code: 'not-found', reason: 'Account not found', advice: /accountId/ },
    ],
    [
      'a limit',
      429,
      {
        success: false,
        error: 'Rate limit exceeded for CONNECT: 90/90 used. Resets at 2026-04-28T00:00:00Z',
      },
      {
        code: 'rate-limited',
        retryable: true,
        reason: 'Rate limit exceeded for CONNECT: 90/90 used. Resets at 2026-04-28T00:00:00Z',
      },
    ],
    [
      '500 with a message',
      500,
      { success: false, accountId, conversationUrn, message: 'Failed to send typing indicator' },
      {
        code: 'unavailable',
        retryable: true,
        reason: 'Failed to send typing indicator',
        advice: /LinkedIn refused/,
      },
    ],
    [
      'code and message',
      400,
      { success: false, code: 'validation_error', message: 'Nope' },
      { code: 'rejected', reason: 'Nope', vendorCode: 'validation_error' },
    ],
    [
      'code and message',
      500,
      { success: false, code: 'internal_error', message: 'Nope' },
      {
        code: 'unavailable',
        retryable: true,
        reason: 'Nope',
        vendorCode: 'internal_error',
        advice: /LinkedIn refused/,
      },
    ],
    // 200 with something else than success.
    [
      'success: false with an error',
      200,
      { success: false, error: 'LinkedIn said no' },
      { code: 'rejected', reason: 'LinkedIn said no' },
    ],
    [
      'success: false with a message',
      200,
      { success: false, message: 'LinkedIn said no' },
      { code: 'rejected', reason: 'LinkedIn said no' },
    ],
    [
      'success: false with a Zod error',
      200,
      zodError,
      { code: 'rejected', reason: 'profileId: Required' },
    ],
    ['success: false alone', 200, { success: false }, { code: 'rejected', reason: unpromised }],
    [
      'no success',
      200,
      { accountId, conversationUrn, message: 'Typing indicator sent' },
      { code: 'bad-response', reason: 'Typing indicator sent' },
    ],
    ['success as text', 200, { success: 'true' }, { code: 'bad-response', reason: unpromised }],
    [
      'success as text that denies',
      200,
      { success: 'false' },
      { code: 'bad-response', reason: unpromised },
    ],
    ['success: null', 200, { success: null }, { code: 'bad-response', reason: unpromised }],
    ['success: 1', 200, { success: 1 }, { code: 'bad-response', reason: unpromised }],
    // Shapes that nobody documents.
    [
      'an error that is no text',
      400,
      { success: false, error: { hint: bodyMarker } },
      { code: 'rejected', reason: silent },
    ],
    [
      'an error of null and a message',
      400,
      { error: null, message: 'Nope' },
      { code: 'rejected', reason: 'Nope' },
    ],
    [
      'an empty error and a message',
      400,
      { error: '', message: 'Nope' },
      { code: 'rejected', reason: 'Nope' },
    ],
    [
      'an error and a message',
      400,
      { error: 'First', message: 'Second' },
      { code: 'rejected', reason: 'First' },
    ],
    [
      'a Zod error without issues and a message',
      400,
      { error: { issues: [] }, message: 'Nope' },
      { code: 'rejected', reason: 'Nope' },
    ],
    [
      'a Zod error of the whole',
      400,
      { error: { issues: [{ path: [], message: 'Expected object' }] } },
      { code: 'rejected', reason: 'Expected object' },
    ],
    [
      'a Zod error with two issues',
      400,
      {
        error: {
          issues: [
            { path: ['a', 0, 'b'], message: 'Required' },
            { path: ['c'], message: 'Too long' },
          ],
        },
      },
      { code: 'rejected', reason: 'a.0.b: Required; c: Too long' },
    ],
    [
      'a code that is no word',
      400,
      { code: 'not a word', message: 'Nope' },
      { code: 'rejected', reason: 'Nope' },
    ],
    [
      'success: true',
      400,
      accepted,
      { code: 'rejected', reason: 'Typing indicator sent successfully' },
    ],
    [
      'success: true',
      500,
      accepted,
      {
        code: 'unavailable',
        retryable: true,
        reason: accepted.message,
        advice: /LinkedIn refused/,
      },
    ],
  ])(
    '%s in a %i',
    async (_, status, body, { code, retryable = false, reason, vendorCode, advice }) => {
      const error = await startFailure({ status, body });
      expect(fieldsOf(error)).toEqual({ code, retryable, status, vendorCode });
      expect(error).toMatchObject({ provider: 'connectsafely', operation: 'start' });
      expect(error.reason).toBe(reason);
      expect(error.message).toContain(`[connectsafely] ${status} ${error.reason}`);
      expect(error.advice ?? 'none').toMatch(advice ?? /^none$/);
    },
  );
});

describe('when to try again', () => {
  const body = {
    success: false,
    error: 'Rate limit exceeded for CONNECT: 90/90 used. Resets at 2026-04-28T00:00:00Z',
  };
  const date = 'Mon, 27 Apr 2026 15:40:00 GMT';
  // 2026-04-27T15:41:00Z
  const unixSeconds = Date.UTC(2026, 3, 27, 15, 41) / 1000;
  const holdUntil = '2026-04-27T15:42:11Z';

  test.each<[string, Record<string, unknown>, Record<string, string>, number | undefined]>([
    ['X-RateLimit-Reset as ISO 8601', {}, { 'X-RateLimit-Reset': '2026-04-27T15:41:00Z' }, 60_000],
    [
      'X-RateLimit-Reset as ISO 8601 with milliseconds',
      {},
      { 'X-RateLimit-Reset': '2026-04-27T15:41:00.500Z' },
      60_500,
    ],
    ['X-RateLimit-Reset as Unix seconds', {}, { 'X-RateLimit-Reset': String(unixSeconds) }, 60_000],
    ['X-RateLimit-Reset in the past', {}, { 'X-RateLimit-Reset': '2026-04-27T15:00:00Z' }, 0],
    ['X-RateLimit-Reset tomorrow', {}, { 'X-RateLimit-Reset': '2026-04-28T15:40:00Z' }, 3_600_000],
    ['X-RateLimit-Reset that is rubbish', {}, { 'X-RateLimit-Reset': 'midnight' }, undefined],
    [
      'the other X-RateLimit headers alone',
      {},
      {
        'X-RateLimit-Limit': '90',
        'X-RateLimit-Used': '90',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Action': 'CONNECT',
      },
      undefined,
    ],
    ['holdUntil', { holdUntil }, {}, 131_000],
    ['holdUntil as Unix seconds', { holdUntil: unixSeconds }, {}, 60_000],
    [
      'holdUntil that is rubbish, and a reset',
      { holdUntil: 'later' },
      { 'X-RateLimit-Reset': '2026-04-27T15:41:00Z' },
      60_000,
    ],
    [
      'holdUntil and a reset: the hold is about this request',
      { holdUntil },
      { 'X-RateLimit-Reset': '2026-04-27T15:41:00Z' },
      131_000,
    ],
    ['Retry-After in seconds', {}, { 'Retry-After': '12' }, 12_000],
    ['Retry-After as a date', {}, { 'Retry-After': 'Mon, 27 Apr 2026 15:40:30 GMT' }, 30_000],
    [
      'Retry-After and the rest: Retry-After',
      { holdUntil },
      { 'Retry-After': '12', 'X-RateLimit-Reset': '2026-04-27T15:41:00Z' },
      12_000,
    ],
    [
      'Retry-After that is rubbish, and a reset',
      {},
      { 'Retry-After': 'soon', 'X-RateLimit-Reset': '2026-04-27T15:41:00Z' },
      60_000,
    ],
    ['nothing', {}, {}, undefined],
  ])('429 with %s', async (_, more, headers, retryAfterMs) => {
    const error = await startFailure({
      status: 429,
      body: { ...body, ...more },
      headers: { date, ...headers },
    });
    expect(error).toMatchObject({ code: 'rate-limited', retryable: true, status: 429 });
    expect(error.retryAfterMs).toBe(retryAfterMs);
  });

  test('without a Date header the own clock counts', async () => {
    const holdUntilSoon = new Date(Date.now() + 60_000).toISOString();
    const error = await startFailure({ status: 429, body: { ...body, holdUntil: holdUntilSoon } });
    expect(error.retryAfterMs).toBeGreaterThan(50_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test.each([400, 403, 500])(
    'a %i has no such time, though the X-RateLimit headers come with every answer',
    async (status) => {
      const headers = { date, 'X-RateLimit-Reset': '2026-04-28T00:00:00Z' };
      const error = await startFailure({ status, body: { error: 'No' }, headers });
      expect(error.retryAfterMs).toBeUndefined();
    },
  );
});
