import { describe, expect, test } from 'vitest';
import { linq } from '../src/index.ts';
import { failureOf, fieldsOf } from './support/failure.ts';
import {
  type Answer,
  answerOnce,
  apiKey,
  bodyMarker,
  chatId,
  envelope,
  onlyAnnouncedRequests,
} from './support/linq-vendor.ts';

onlyAnnouncedRequests();

const hexTrace = '2eff5df5c6f688733c007523c4d61cd9';
const wordTrace = 'trace_abc123def456';
const docUrl = 'https://docs.linqapp.com/error/codes/2xxx/2005/';

async function startFailure(answer: Answer): ReturnType<typeof failureOf> {
  answerOnce(answer);
  return failureOf(linq({ apiKey }).start({ chatId }, {}));
}

describe('the envelope', () => {
  const bare = envelope(403, 2005, { message: 'Access denied' });
  const linked = envelope(403, 2005, { message: 'Access denied', doc_url: docUrl });
  const inHeader = { 'X-Trace-ID': hexTrace };

  test.each<[string, Answer, { docUrl?: string; traceId?: string }]>([
    [
      'doc_url and trace_id',
      { status: 403, body: { ...linked, trace_id: hexTrace } },
      { docUrl, traceId: hexTrace },
    ],
    ['doc_url alone', { status: 403, body: linked }, { docUrl }],
    [
      'trace_id alone',
      { status: 403, body: { ...bare, trace_id: hexTrace } },
      { traceId: hexTrace },
    ],
    ['neither', { status: 403, body: bare }, {}],
    [
      'a trace id only in the header',
      { status: 403, body: bare, headers: inHeader },
      { traceId: hexTrace },
    ],
    [
      'a trace id in both: the one of the body',
      { status: 403, body: { ...bare, trace_id: wordTrace }, headers: inHeader },
      { traceId: wordTrace },
    ],
    [
      'a trace id that is no hex',
      { status: 403, body: { ...bare, trace_id: wordTrace } },
      { traceId: wordTrace },
    ],
    [
      'a trace_id of null and one in the header',
      { status: 403, body: { ...bare, trace_id: null }, headers: inHeader },
      { traceId: hexTrace },
    ],
    ['a trace_id with blanks in it', { status: 403, body: { ...bare, trace_id: 'not an id' } }, {}],
    [
      'a doc_url that is no https link',
      {
        status: 403,
        body: envelope(403, 2005, { message: 'Access denied', doc_url: 'javascript:alert(1)' }),
      },
      {},
    ],
    [
      'a doc_url that is no text',
      { status: 403, body: envelope(403, 2005, { message: 'Access denied', doc_url: 7 }) },
      {},
    ],
  ])('with %s', async (_, answer, expected) => {
    const error = await startFailure(answer);
    expect(fieldsOf(error)).toEqual({
      code: 'forbidden',
      retryable: false,
      status: 403,
      vendorCode: '2005',
      ...expected,
    });
    expect(error.reason).toBe('Access denied');
  });

  test.each<[string, unknown, { vendorCode?: string; reason?: string; code?: string }]>([
    [
      'a code as text',
      { error: { code: '2013', message: 'Gone' } },
      { vendorCode: '2013', reason: 'Gone', code: 'forbidden' },
    ],
    [
      'a code that is no code',
      { error: { code: { a: bodyMarker }, message: 'Hm' } },
      { reason: 'Hm' },
    ],
    [
      'a code called constructor',
      { error: { code: 'constructor', message: 'Hm' } },
      { vendorCode: 'constructor', reason: 'Hm' },
    ],
    [
      'a message that is no text',
      { error: { code: 2015, message: [bodyMarker] } },
      { vendorCode: '2015' },
    ],
    ['an empty message', { error: { code: 2015, message: '' } }, { vendorCode: '2015' }],
    ['no message', { error: { code: 2015 } }, { vendorCode: '2015' }],
    ['an empty error', { success: false, error: {} }, {}],
    ['an error that is a text', { success: false, error: bodyMarker }, {}],
    ['an error of null', { success: false, error: null }, {}],
    ['a message at the top, as other APIs have it', { message: bodyMarker }, {}],
  ])('with %s', async (_, body, { vendorCode, reason, code }) => {
    const error = await startFailure({ status: 409, body });
    expect(fieldsOf(error)).toEqual({
      code: code ?? 'rejected',
      retryable: false,
      status: 409,
      vendorCode,
    });
    expect(error.reason).toBe(reason ?? 'the vendor gave no reason');
  });
});

describe('a body that is no envelope', () => {
  test.each<[string, string, Record<string, string>?]>([
    ['empty', ''],
    [
      'HTML of a proxy',
      `<html><h1>502 Bad Gateway</h1>${bodyMarker}</html>`,
      { 'content-type': 'text/html' },
    ],
    [
      'HTML that calls itself JSON',
      `<html>${bodyMarker}</html>`,
      { 'content-type': 'application/json' },
    ],
    ['plain text', `upstream connect error ${bodyMarker}`],
    ['truncated JSON', `{"success":false,"error":{"code":2013,"message":"${bodyMarker}`],
    ['null', 'null'],
    ['a number', '42'],
    ['a text', JSON.stringify(bodyMarker)],
    ['a list', JSON.stringify([bodyMarker])],
    [
      'larger than 64 KiB',
      JSON.stringify(envelope(502, 2013, { message: bodyMarker.repeat(4_000) })),
    ],
  ])('%s: the status speaks, and the trace id of the header is kept', async (_, body, headers) => {
    const error = await startFailure({
      status: 502,
      body,
      headers: { ...headers, 'X-Trace-ID': hexTrace },
    });
    expect(fieldsOf(error)).toEqual({
      code: 'unavailable',
      retryable: true,
      status: 502,
      traceId: hexTrace,
    });
    expect(error.reason).toBe('the vendor gave no reason');
  });
});

function limited(more: Record<string, unknown> = {}): unknown {
  return envelope(429, 1007, { message: 'Rate limited. Try again in 45 seconds.', ...more });
}

describe('when to try again', () => {
  const date = 'Sat, 21 Nov 2026 10:00:00 GMT';

  test.each<[string, unknown, Record<string, string>, number | undefined]>([
    ['retry_after in the body', limited({ retry_after: 45 }), {}, 45_000],
    ['Retry-After in seconds', limited(), { 'Retry-After': '45' }, 45_000],
    ['both: the header', limited({ retry_after: 45 }), { 'Retry-After': '7' }, 7_000],
    ['a fraction of a second', limited(), { 'Retry-After': '0.5' }, 500],
    [
      'a date, against the clock of the vendor',
      limited(),
      { 'Retry-After': 'Sat, 21 Nov 2026 10:00:30 GMT', date },
      30_000,
    ],
    [
      'a date that has passed',
      limited(),
      { 'Retry-After': 'Sat, 21 Nov 2026 09:00:00 GMT', date },
      0,
    ],
    [
      'rubbish in the header: the body',
      limited({ retry_after: 45 }),
      { 'Retry-After': 'soon' },
      45_000,
    ],
    ['rubbish in both', limited({ retry_after: 'soon' }), { 'Retry-After': 'soon' }, undefined],
    ['a negative number', limited({ retry_after: -3 }), {}, undefined],
    ['nothing', limited(), {}, undefined],
    ['the header without a body', '', { 'Retry-After': '3' }, 3_000],
  ])('429 with %s', async (_, body, headers, retryAfterMs) => {
    const error = await startFailure({ status: 429, body, headers });
    expect(error).toMatchObject({ code: 'rate-limited', retryable: true, status: 429 });
    expect(error.retryAfterMs).toBe(retryAfterMs);
  });

  test.each([
    [409, 2009],
    [404, 2007],
    [503, 4004],
  ])('a Retry-After wins over what we know of %i/%i', async (status, code) => {
    const error = await startFailure({
      status,
      body: envelope(status, code),
      headers: { 'Retry-After': '9' },
    });
    expect(error).toMatchObject({ code: 'unavailable', retryable: true, retryAfterMs: 9_000 });
  });
});
