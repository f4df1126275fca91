import { describe, expect, test } from 'vitest';
import { linq } from '../src/index.ts';
import { failureOf } from './support/failure.ts';
import {
  answerOnce,
  apiKey,
  bodyMarker,
  chatId,
  envelope,
  onlyAnnouncedRequests,
} from './support/linq-vendor.ts';

onlyAnnouncedRequests();

const phone = '+15551234567';
const statuses = [200, 302, 401, 409, 503];

describe.each(statuses)('a %i that quotes the request', (status) => {
  test.each([
    ['the key', `Invalid token ${apiKey} for this`, 'Invalid token … for this'],
    [
      'the header',
      `Header was Authorization: Bearer ${apiKey}`.replace('Authorization: ', ''),
      'Header was Bearer …',
    ],
    ['another bearer', `got bearer   sk-live-other-key, sorry`, 'got Bearer … sorry'],
    ['the key percent-encoded', `?key=${encodeURIComponent(apiKey)}&x`, '?key=…&x'],
    ['the chat', `Chat ${chatId} not found`, 'Chat … not found'],
    ['the chat in upper case', `Chat ${chatId.toUpperCase()} not found`, 'Chat … not found'],
    ['a phone number', `Line ${phone} is not yours`, 'Line … is not yours'],
    ['a phone number with blanks', 'Line +1 (555) 123-4567 is not yours', 'Line … is not yours'],
    ['an Apple ID', 'Handle someone@icloud.com opted out', 'Handle … opted out'],
    ['lines', 'One\r\n[fake] two\u001b[31m three\u202e', 'One [fake] two [31m three'],
  ])('does not pass on %s', async (_, message, reason) => {
    answerOnce({ status, body: envelope(status, 2015, { message }) });
    const error = await failureOf(linq({ apiKey }).start({ chatId }, {}), [
      phone,
      '123-4567',
      'sk-live-other-key',
      'icloud',
      '\u001b',
      '\u202e',
    ]);
    expect(error.reason).toBe(reason);
  });

  test.each<[string, Record<string, unknown>, Record<string, string>]>([
    ['code', { error: { code: apiKey, message: 'Hm' } }, {}],
    [
      'doc_url',
      { error: { code: 1, message: 'Hm', doc_url: `https://docs.linqapp.com/${chatId}` } },
      {},
    ],
    ['trace_id', { error: { code: 1, message: 'Hm' }, trace_id: chatId }, {}],
    ['X-Trace-ID', { error: { code: 1, message: 'Hm' } }, { 'X-Trace-ID': chatId }],
  ])('does not pass it on in %s', async (_, body, headers) => {
    answerOnce({ status, body, headers });
    const error = await failureOf(linq({ apiKey }).start({ chatId }, {}));
    expect(error.reason).toBe('Hm');
  });
});

test('a long message is cut, after its secrets have gone', async () => {
  const message = `${'x'.repeat(190)} ${apiKey} ${'y'.repeat(500)}`;
  answerOnce({ status: 400, body: envelope(400, 1001, { message }) });
  const error = await failureOf(linq({ apiKey }).start({ chatId }, {}), [apiKey.slice(0, 8)]);
  expect(error.reason).toHaveLength(200);
});

test('fields that Linq may add tomorrow stay out', async () => {
  const more = { request: { headers: { authorization: `Bearer ${apiKey}` } }, hint: bodyMarker };
  answerOnce({ status: 400, body: { ...envelope(400, 1001, more), debug: more } });
  const error = await failureOf(linq({ apiKey }).start({ chatId }, {}));
  expect(Object.keys(error).toSorted()).toEqual([
    'code',
    'name',
    'operation',
    'provider',
    'reason',
    'retryable',
    'status',
    'vendorCode',
  ]);
});

test('the keys of a function that rotates are kept out, too', async () => {
  const rotated = 'rotated-key-number-two';
  answerOnce({ status: 401, body: envelope(401, 2004, { message: `Bad token ${rotated}` }) });
  const error = await failureOf(linq({ apiKey: () => rotated }).start({ chatId }, {}), [rotated]);
  expect(error.reason).toBe('Bad token …');
});
