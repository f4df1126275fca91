import type { TypingErrorCode } from '@typingkit/core';
import { describe, expect, test } from 'vitest';
import { linq } from '../src/index.ts';
import { failureOf, fieldsOf } from './support/failure.ts';
import {
  answerOnce,
  apiKey,
  chatId,
  docUrlOf,
  envelope,
  onlyAnnouncedRequests,
} from './support/linq-vendor.ts';

onlyAnnouncedRequests();

type Row = [
  code: number,
  status: number,
  meaning: string,
  expected: TypingErrorCode,
  retryable: boolean,
  more?: { readonly retryAfterMs?: number; readonly advice?: RegExp },
];

// https://docs.linqapp.com/error, row by row.
const catalogue: Row[] = [
  [1001, 400, 'missing required field', 'rejected', false],
  [1002, 400, 'not E.164', 'rejected', false],
  [1003, 400, 'invalid body', 'rejected', false],
  [1004, 400, 'invalid message content', 'rejected', false],
  [1005, 400, 'invalid parameter value', 'rejected', false],
  [1006, 409, 'cannot update a DM chat', 'rejected', false],
  [1007, 429, 'rate limit exceeded', 'rate-limited', true],
  [1008, 400, 'invalid iMessage app message', 'rejected', false],
  [2001, 404, 'chat not found', 'not-found', false],
  [2002, 404, 'message not found', 'not-found', false],
  [2003, 404, 'attachment not found', 'not-found', false],
  [2004, 401, 'unauthorized', 'unauthenticated', false, { advice: /API key/ }],
  [2005, 403, 'access denied', 'forbidden', false, { advice: /not yours.*group chat/ }],
  [2006, 403, 'phone number not on account', 'forbidden', false, { advice: /not on your Linq/ }],
  [2007, 404, 'attachment not ready', 'unavailable', true, { retryAfterMs: 2_000 }],
  [2008, 403, 'recipient not allowed', 'forbidden', false, { advice: /sandbox/ }],
  [2009, 409, 'chat is still being created', 'unavailable', true, { retryAfterMs: 2_000 }],
  [2010, 404, 'webhook subscription not found', 'not-found', false],
  [2011, 403, 'feature not enabled', 'forbidden', false, { advice: /enable/ }],
  [2012, 404, 'contact card not found', 'not-found', false],
  [2013, 409, 'chat unavailable, you left it', 'forbidden', false, { advice: /left this chat/ }],
  [2014, 409, 'contact card already exists', 'rejected', false],
  [2015, 409, 'conflicts with current state', 'rejected', false],
  [2016, 409, 'not supported in group chats', 'unsupported', false],
  [2017, 409, 'not supported on this service', 'unsupported', false, { advice: /iMessage/ }],
  [2018, 409, 'app message needs iMessage', 'unsupported', false, { advice: /iMessage/ }],
  [2019, 404, 'phone number id not found', 'not-found', false],
  [2021, 404, 'payment request not found', 'not-found', false],
  [2022, 500, 'contact card setup failed', 'unavailable', true],
  [3001, 500, 'internal error', 'unavailable', true],
  [3002, 500, 'service unavailable', 'unavailable', true],
  [3003, 500, 'connection failed', 'unavailable', true],
  [3004, 500, 'operation failed', 'unavailable', true],
  [3005, 504, 'network timeout', 'unavailable', true],
  [3006, 500, 'internal server error', 'unavailable', true],
  [3007, 500, 'max delivery attempts exceeded', 'unavailable', true],
  [4001, 500, 'delivery failed', 'unavailable', true],
  [4002, 500, 'phone not available', 'unavailable', true],
  [4003, 500, 'webhook delivery failed', 'unavailable', true],
  [4004, 503, 'service unavailable', 'unavailable', true, { retryAfterMs: 30_000 }],
  [4005, 422, 'unsupported message type', 'unsupported', false],
  [4009, 503, 'RCS check could not run', 'unavailable', true],
  [4010, 503, 'RCS check could not run on the line', 'unavailable', true],
  [5001, 500, 'upload failed', 'unavailable', true],
  [5002, 500, 'download failed', 'unavailable', true],
  [5003, 500, 'URL generation failed', 'unavailable', true],
  [5004, 400, 'file type', 'rejected', false],
  [5005, 400, 'file size', 'rejected', false],
  [5006, 400, 'file mismatch', 'rejected', false],
  [5007, 400, 'file download', 'rejected', false],
  // Seen in code, but in no catalogue and without a status: the status decides.
  [1015, 400, 'unlisted', 'rejected', false],
  [2020, 409, 'unlisted', 'rejected', false],
  [2023, 404, 'unlisted', 'not-found', false],
  [2024, 403, 'recipient opted out', 'forbidden', false],
  [4006, 500, 'unlisted', 'unavailable', true],
  [4007, 422, 'unlisted', 'rejected', false],
  [4008, 503, 'unlisted', 'unavailable', true],
];

describe('the error codes of Linq', () => {
  test.each(catalogue)(
    '%i with HTTP %i (%s) becomes %s, retryable: %s',
    async (vendorCode, status, message, code, retryable, more = {}) => {
      const body = {
        ...envelope(status, vendorCode, { message, doc_url: docUrlOf(vendorCode) }),
        trace_id: '2eff5df5c6f688733c007523c4d61cd9',
      };
      answerOnce({ status, body });
      const error = await failureOf(linq({ apiKey }).start({ chatId }, {}));

      expect(fieldsOf(error)).toEqual({
        code,
        retryable,
        status,
        retryAfterMs: more.retryAfterMs,
        vendorCode: String(vendorCode),
        docUrl: docUrlOf(vendorCode),
        traceId: '2eff5df5c6f688733c007523c4d61cd9',
      });
      expect(error.reason).toBe(message);
      expect(error.message).toContain(
        `[linq] ${status} ${message} (${vendorCode}, trace 2eff5df5c6f688733c007523c4d61cd9)`,
      );
      expect(error.advice ?? 'none').toMatch(more.advice ?? /^none$/);
    },
  );

  test('mean the same to a stop', async () => {
    answerOnce({ status: 409, body: envelope(409, 2013) }, { method: 'DELETE' });
    const error = await failureOf(Promise.resolve(linq({ apiKey }).stop?.({ chatId }, {})));
    expect(error).toMatchObject({ code: 'forbidden', operation: 'stop', vendorCode: '2013' });
  });
});

describe('the statuses that the typing pages show', () => {
  test.each([
    [400, 1002, 'Phone number must be in E.164 format', 'rejected', false],
    [401, 2004, 'Unauthorized - missing or invalid authentication token', 'unauthenticated', false],
    [403, 2005, 'Access denied - insufficient permissions for this resource', 'forbidden', false],
    [404, 2001, 'Resource not found', 'not-found', false],
    [500, 3006, 'Internal server error', 'unavailable', true],
  ])('%i with %i and the text of the sample', async (status, vendorCode, message, code, again) => {
    answerOnce({ status, body: envelope(status, vendorCode, { message }) });
    const error = await failureOf(linq({ apiKey }).start({ chatId }, {}));
    expect(fieldsOf(error)).toEqual({
      code,
      retryable: again,
      status,
      vendorCode: String(vendorCode),
    });
    expect(error.reason).toBe(message);
  });
});

describe('a status without a code that says more', () => {
  test.each([
    [400, 'rejected', false],
    [401, 'unauthenticated', false],
    [402, 'rejected', false],
    [403, 'forbidden', false],
    [404, 'not-found', false],
    [405, 'rejected', false],
    [408, 'rejected', false],
    [409, 'rejected', false],
    [413, 'rejected', false],
    [418, 'rejected', false],
    [422, 'rejected', false],
    [429, 'rate-limited', true],
    [500, 'unavailable', true],
    [501, 'unavailable', true],
    [502, 'unavailable', true],
    [503, 'unavailable', true],
    [504, 'unavailable', true],
    [599, 'unavailable', true],
  ])('%i becomes %s', async (status, code, retryable) => {
    answerOnce({ status });
    const error = await failureOf(linq({ apiKey }).start({ chatId }, {}));
    expect(fieldsOf(error)).toEqual({ code, retryable, status });
  });
});
