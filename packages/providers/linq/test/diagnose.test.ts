import { type Diagnosis, diagnosisOf } from '@typingkit/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { linq, type LinqOptions } from '../src/index.ts';
import { failureOf } from './support/failure.ts';
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

const nowMs = Date.parse('2026-02-05T19:31:15.000Z');
const ago = (ms: number): string => new Date(nowMs - ms).toISOString();
const fiveMinutesMs = 5 * 60_000;
const path = `/api/partner/v3/chats/${chatId}`;
const messagesPath = `${path}/messages?limit=20`;

// The timers stay: the adapter needs them.
beforeEach(() => void vi.useFakeTimers({ now: nowMs, toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const us = { id: '1', handle: '+12025550100', service: 'iMessage', is_me: true, status: 'active' };
const them = {
  id: '2',
  handle: '+12025550101',
  service: 'iMessage',
  is_me: false,
  status: 'active',
};

/** A chat in which everything is well, as Linq's SDK has it. */
const chat = {
  id: chatId,
  created_at: '2026-01-01T00:00:00Z',
  display_name: bodyMarker,
  handles: [us, them],
  health_status: { status: 'HEALTHY', doc_url: 'https://docs.linqapp.com/x', updated_at: ago(0) },
  is_archived: false,
  is_group: false,
  updated_at: ago(0),
  service: 'iMessage',
};
const message = { id: '3', chat_id: chatId, created_at: ago(60_000), service: 'iMessage' };
const theirs = { ...message, is_from_me: false, created_at: ago(1_000) };

function answerBoth(aboutChat: Answer, aboutMessages: Answer) {
  return [
    answerOnce(aboutChat, { method: 'GET', path }),
    answerOnce(aboutMessages, { method: 'GET', path: messagesPath }),
  ] as const;
}

async function diagnose(
  changes: Readonly<Record<string, unknown>>,
  messages: readonly unknown[] = [message],
  options: Partial<LinqOptions> = {},
): Promise<Diagnosis | undefined> {
  const traceId = '2eff5df5c6f688733c007523c4d61cd9';
  answerBoth(
    { status: 200, body: { ...chat, ...changes }, headers: { 'X-Trace-ID': traceId } },
    { status: 200, body: { messages, next_cursor: null } },
  );
  const diagnosis = await linq({ apiKey, ...options }).diagnose?.({ chatId }, {});
  expect(diagnosis).toEqual(diagnosisOf(diagnosis?.reasons ?? [], traceId));
  const print = JSON.stringify(diagnosis);
  for (const secret of [apiKey, chatId, us.handle, them.handle, bodyMarker])
    expect(print).not.toContain(secret);
  for (const { message: what, advice } of diagnosis?.reasons ?? []) {
    expect(what).not.toMatch(/\.$/);
    expect(advice).toMatch(/\.$/);
  }
  return diagnosis;
}

/** The verdict, and each reason with its effect. */
function summary(diagnosis: Diagnosis | undefined): string {
  const reasons = diagnosis?.reasons.map(({ code, effect }) => `${code} ${effect}`) ?? [];
  return [diagnosis?.willShow, ...reasons].join(', ');
}

test('a chat in which everything is well shows typing', async () => {
  expect(summary(await diagnose({}))).toBe('yes');
});

test('asks for the chat and for its last messages, and for nothing else', async () => {
  const [aboutChat, aboutMessages] = answerBoth(
    { status: 200, body: chat },
    { status: 200, body: { messages: [message] } },
  );
  await linq({ apiKey }).diagnose?.({ chatId }, {});
  for (const seen of [aboutChat, aboutMessages]) {
    expect(seen).toMatchObject([{ method: 'GET', body: '' }]);
    expect(seen[0]?.headers['authorization']).toBe(`Bearer ${apiKey}`);
  }
});

describe('a group', () => {
  test.each([
    [true, 'yes'],
    [false, 'no, group hides'],
    ['unknown' as const, 'unknown, group may-hide'],
    [undefined, 'unknown, group may-hide'],
  ])('where the option groups is %s: %s', async (groups, verdict) => {
    expect(summary(await diagnose({ is_group: true }, [message], { groups }))).toBe(verdict);
  });

  test.each([
    [true, 'yes'],
    [false, 'unknown, group may-hide'],
    ['unknown' as const, 'unknown, group may-hide'],
  ])('that Linq does not call one, where the option is %s: %s', async (groups, verdict) => {
    const changes = { is_group: null };
    expect(summary(await diagnose(changes, [message], { groups }))).toBe(verdict);
  });
});

describe('the service', () => {
  test.each<[string | null | undefined, string | null | undefined, string]>([
    ['iMessage', 'iMessage', 'yes'],
    ['iMessage', null, 'yes'],
    ['SMS', 'SMS', 'no, service hides'],
    ['RCS', 'RCS', 'no, service hides'],
    ['SMS', null, 'no, service hides'],
    ['iMessage', 'SMS', 'no, service hides'],
    ['iMessage', 'RCS', 'no, service hides'],
    [null, 'SMS', 'no, service hides'],
    [null, null, 'unknown, service-unknown may-hide'],
    [undefined, undefined, 'unknown, service-unknown may-hide'],
    [null, 'iMessage', 'unknown, service-unknown may-hide'],
    ['Pigeon', null, 'unknown, service-unknown may-hide'],
  ])('%s, with a last message over %s: %s', async (ofChat, ofMessage, verdict) => {
    const last = { ...message, service: ofMessage };
    expect(summary(await diagnose({ service: ofChat }, [last]))).toBe(verdict);
  });

  test('is named', async () => {
    const diagnosis = await diagnose({}, [{ ...message, service: 'RCS' }]);
    expect(diagnosis?.reasons[0]?.message).toContain('RCS');
  });
});

test.each([
  ['HEALTHY', 'yes'],
  ['OPTED_OUT', 'no, opted-out hides'],
  ['AT_RISK', 'unknown, line may-hide'],
  ['CRITICAL', 'unknown, line may-hide'],
  ['BRAND_NEW', 'yes'],
])('health %s: %s', async (status, verdict) => {
  expect(summary(await diagnose({ health_status: { status } }))).toBe(verdict);
});

describe('who is there', () => {
  test.each<[string, object[], string]>([
    ['we have left', [{ ...us, status: 'left' }, them], 'no, left hides'],
    ['we were removed', [{ ...us, status: 'removed' }, them], 'no, left hides'],
    [
      'we left, in a form without status',
      [{ ...us, status: null, left_at: ago(1) }, them],
      'no, left hides',
    ],
    ['we left once and are back', [{ ...us, left_at: ago(9) }, them], 'yes'],
    ['they have left', [us, { ...them, status: 'left' }], 'no, left hides'],
    ['one of them has left', [us, them, { ...them, status: 'left' }], 'yes'],
    ['nobody knows', [], 'yes'],
  ])('%s: %s', async (_, handles, verdict) => {
    expect(summary(await diagnose({ handles }))).toBe(verdict);
  });
});

describe('the last message', () => {
  test.each<[string, readonly unknown[], string]>([
    ['of now', [{ ...message, created_at: ago(0) }], 'yes'],
    ['of 5 minutes ago', [{ ...message, created_at: ago(fiveMinutesMs) }], 'yes'],
    [
      'of longer ago',
      [{ ...message, created_at: ago(fiveMinutesMs + 1) }],
      'no, inactive-chat hides',
    ],
    ['of a clock ahead of ours', [{ ...message, created_at: ago(-60_000) }], 'yes'],
    ['that there is none of', [], 'no, inactive-chat hides'],
    ['without a time', [{ ...message, created_at: undefined }], 'unknown, inactive-chat may-hide'],
    [
      'with a time that is none',
      [{ ...message, created_at: 'lately' }],
      'unknown, inactive-chat may-hide',
    ],
    [
      'among others, oldest first, where Linq sends more than one',
      [{ ...message, created_at: ago(9 * fiveMinutesMs), service: 'SMS' }, message],
      'yes',
    ],
    ['of theirs alone', [theirs], 'unknown, inactive-chat may-hide'],
    ['of theirs, and one of ours before it', [theirs, { ...message, is_from_me: true }], 'yes'],
    [
      'of theirs, and one of ours too long before it',
      [theirs, { ...message, is_from_me: true, created_at: ago(fiveMinutesMs + 1) }],
      'unknown, inactive-chat may-hide',
    ],
  ])('%s: %s', async (_, messages, verdict) => {
    expect(summary(await diagnose({}, messages))).toBe(verdict);
  });

  const ours = { ...message, is_from_me: true, created_at: ago(60_000) };
  const read = { ...ours, delivery_status: 'read', is_read: true, read_at: ago(30_000) };

  test.each<[string, readonly unknown[], string]>([
    ['of ours that they have read', [read], 'unknown, unverified may-hide'],
    [
      'of ours that they have read, as Linq will say it',
      [{ ...ours, delivery_status: 'read' }],
      'unknown, unverified may-hide',
    ],
    [
      'of ours that they have read, as Linq used to say it',
      [{ ...ours, is_read: true }],
      'unknown, unverified may-hide',
    ],
    [
      'of ours that they have read after their own',
      [read, { ...theirs, created_at: ago(31_000) }],
      'unknown, unverified may-hide',
    ],
    [
      'of ours that they have read before they wrote',
      [read, { ...theirs, created_at: ago(29_000) }],
      'yes',
    ],
    [
      'of ours that they have not read',
      [{ ...ours, delivery_status: 'delivered', is_read: false, read_at: null }],
      'yes',
    ],
    [
      'of ours that they have not read, behind one that they have',
      [{ ...ours, created_at: ago(10_000) }, read],
      'yes',
    ],
    ['of theirs that we have read', [ours, { ...theirs, delivery_status: 'read' }], 'yes'],
  ])('%s: %s', async (_, messages, verdict) => {
    expect(summary(await diagnose({}, messages))).toBe(verdict);
  });

  test.each<[string, string | undefined, string]>([
    ['the clock of Linq, which is behind ours', ago(2 * fiveMinutesMs), 'yes'],
    ['the clock of Linq, which is ahead of ours', ago(-fiveMinutesMs), 'no, inactive-chat hides'],
    ['our clock, where Linq does not tell its own', undefined, 'yes'],
    ['our clock, where what Linq tells is none', 'lately', 'yes'],
  ])('is measured by %s', async (_, now, verdict) => {
    const date = now && !Number.isNaN(Date.parse(now)) ? new Date(now).toUTCString() : now;
    answerBoth(
      { status: 200, body: chat, headers: date === undefined ? {} : { Date: date } },
      { status: 200, body: { messages: [message] } },
    );
    expect(summary(await linq({ apiKey }).diagnose?.({ chatId }, {}))).toBe(verdict);
  });
});

test('all reasons are told, what hides before what may', async () => {
  const changes = {
    is_group: true,
    service: 'SMS',
    health_status: { status: 'CRITICAL' },
    handles: [{ ...us, status: 'left' }, them],
  };
  expect(summary(await diagnose(changes, []))).toBe(
    'no, left hides, service hides, inactive-chat hides, group may-hide, line may-hide',
  );
});

test('a chat of which Linq says next to nothing is in doubt, and no error', async () => {
  const changes = {
    is_group: 'maybe',
    service: 7,
    health_status: 'fine',
    handles: [null, { is_me: 'yes', status: 5 }],
  };
  expect(summary(await diagnose(changes, [{ ...message, service: {} }]))).toBe(
    'unknown, service-unknown may-hide, group may-hide',
  );
});

describe('fails, where Linq could not be asked', () => {
  const well = { status: 200, body: chat };
  const notAsked = undefined;

  test.each<[string, Answer, Answer | undefined, object]>([
    [
      'there is no such chat',
      { status: 404, body: envelope(404, 2001, { message: `No chat ${chatId}` }) },
      notAsked,
      { code: 'not-found', status: 404, vendorCode: '2001', reason: 'No chat …' },
    ],
    [
      'it is not ours',
      { status: 403, body: envelope(403, 2005) },
      notAsked,
      { code: 'forbidden', status: 403 },
    ],
    ['the key is wrong', { status: 401, body: '' }, notAsked, { code: 'unauthenticated' }],
    [
      'too many ask',
      well,
      { status: 429, body: envelope(429, 1007, { retry_after: 3 }) },
      { code: 'rate-limited', retryAfterMs: 3_000 },
    ],
    ['the messages are not there', well, { status: 503, body: '' }, { code: 'unavailable' }],
    ['the chat is no JSON', { status: 200, body: bodyMarker }, notAsked, { code: 'bad-response' }],
    ['the chat is a list', { status: 200, body: [] }, notAsked, { code: 'bad-response' }],
    ['the messages are no list', well, { status: 200, body: {} }, { code: 'bad-response' }],
    ['the chat is a 204', { status: 204 }, notAsked, { code: 'bad-response', status: 204 }],
  ])('because %s', async (_, aboutChat, aboutMessages, fields) => {
    answerOnce(aboutChat, { method: 'GET', path });
    if (aboutMessages) answerOnce(aboutMessages, { method: 'GET', path: messagesPath });
    const error = await failureOf(Promise.resolve(linq({ apiKey }).diagnose?.({ chatId }, {})));
    expect(error).toMatchObject({ operation: 'diagnose', ...fields });
  });

  test('because the caller has aborted', async () => {
    const reason = { the: "caller's own" };
    const signal = AbortSignal.abort(reason);
    await expect(linq({ apiKey }).diagnose?.({ chatId }, { signal })).rejects.toBe(reason);
  });
});
