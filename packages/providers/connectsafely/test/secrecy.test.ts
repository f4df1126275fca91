import { describe, expect, test } from 'vitest';
import { connectSafely } from '../src/index.ts';
import {
  accountId,
  answerOnce,
  apiKey,
  bodyMarker,
  conversationUrn,
  onlyAnnouncedRequests,
  profileId,
  threadId,
} from './support/connectsafely-vendor.ts';
import { failureOf } from './support/failure.ts';

onlyAnnouncedRequests();

const statuses = [200, 401, 429, 500];
const quotations: [string, string, string][] = [
  ['the key', `Invalid key ${apiKey} used`, 'Invalid key … used'],
  ['another bearer', 'got bearer   other-live-key today', 'got Bearer … today'],
  ['the key percent-encoded', `?key=${encodeURIComponent(apiKey)}&x`, '?key=…&x'],
  ['the conversation', `No conversation ${conversationUrn} here`, 'No conversation … here'],
  [
    'the conversation percent-encoded',
    `No ${encodeURIComponent(conversationUrn)} here`,
    'No … here',
  ],
  [
    'its thread',
    `No thread urn:li:messagingThread:${threadId} here`,
    'No thread urn:li:messagingThread:… here',
  ],
  [
    'its profile',
    `No profile urn:li:fsd_profile:${profileId} here`,
    'No profile urn:li:fsd_profile:… here',
  ],
  ['the account', `Account ${accountId} not found`, 'Account … not found'],
  ['a phone number', 'Call +1 (555) 123-4567 for help', 'Call … for help'],
  ['an address', 'Write to someone@example.com now', 'Write to … now'],
  ['lines', 'One\r\n[fake] two\u001b[31m three', 'One [fake] two [31m three'],
];
const more = [accountId, 'other-live-key', '123-4567', 'someone', '\u001b'];

function startFailure(status: number, body: unknown): ReturnType<typeof failureOf> {
  answerOnce({ status, body });
  const start = connectSafely({ apiKey }).start({ conversationUrn, accountId }, {});
  return failureOf(start, more);
}

describe.each(statuses)('a %i that quotes the request', (status) => {
  test.each(quotations)('does not pass on %s in error', async (_, text, reason) => {
    const error = await startFailure(status, { success: false, error: text });
    expect(error.reason).toBe(reason);
  });

  test.each(quotations)('does not pass on %s in message', async (_, text, reason) => {
    const error = await startFailure(status, { success: false, message: text });
    expect(error.reason).toBe(reason);
  });

  test.each(quotations)('does not pass on %s in a Zod error', async (_, text, reason) => {
    const issues = [{ path: ['x'], message: text, received: bodyMarker }];
    const error = await startFailure(status, { success: false, error: { issues } });
    expect(error.reason).toBe(`x: ${reason}`);
  });

  test.each([apiKey, accountId, threadId, profileId])(
    'does not pass it on in code',
    async (code) => {
      const error = await startFailure(status, { success: false, code, message: 'Hm' });
      expect(error.reason).toBe('Hm');
      expect(error.vendorCode).toBeUndefined();
    },
  );
});

test('the whole answer that repeats the request stays out', async () => {
  const error = await startFailure(500, {
    success: false,
    accountId,
    conversationUrn,
    message: 'Failed to send typing indicator',
    debug: { authorization: `Bearer ${apiKey}`, bodyMarker },
  });
  expect(Object.keys(error).toSorted()).toEqual([
    'advice',
    'code',
    'name',
    'operation',
    'provider',
    'reason',
    'retryable',
    'status',
  ]);
});
