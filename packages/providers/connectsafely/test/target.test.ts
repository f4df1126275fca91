import { describe, expect, test } from 'vitest';
import { connectSafely } from '../src/index.ts';
import {
  accountId,
  apiKey,
  conversationUrn,
  onlyAnnouncedRequests,
  profileId,
  threadId,
} from './support/connectsafely-vendor.ts';
import { everyPrintOf, thrownBy } from './support/failure.ts';

// No request is announced where a target is refused: one that goes out fails the test.
onlyAnnouncedRequests();

const shape = 'must look like urn:li:msg_conversation:(urn:li:fsd_profile:…,2-…)';
const encoded =
  'must not be percent-encoded: pass it as the API returns it, with its colons and brackets';
const thread =
  'must be the URN of the conversation, urn:li:msg_conversation:(…), not the id of the thread: GET /messaging/recent-messages lists both';

describe('a conversationUrn that is refused', () => {
  test.each<[string, unknown, string]>([
    ['percent-encoded', encodeURIComponent(conversationUrn), encoded],
    ['percent-encoded in part', conversationUrn.replace('(', '%28'), encoded],
    ['percent-encoded in small letters', conversationUrn.replaceAll(':', '%3a'), encoded],
    ['percent-encoded padding', conversationUrn.replaceAll('=', '%3D'), encoded],
    ['encoded twice', encodeURIComponent(encodeURIComponent(conversationUrn)), encoded],
    ['a messagingThread', `urn:li:messagingThread:${threadId}`, thread],
    ['a salesNav_thread', `urn:li:salesNav_thread:${threadId}`, thread],
    ['a thread without its URN', threadId, shape],
    ['the conversationId of a sample', 'conv_abcdef123456', shape],
    ['the profile', `urn:li:fsd_profile:${profileId}`, shape],
    ['the URN of an example', 'urn:li:example:123456', shape],
    ['empty', '', shape],
    ['blank', '   ', shape],
    ['the prefix alone', 'urn:li:msg_conversation:', shape],
    ['in upper case', conversationUrn.toUpperCase(), shape],
    ['with a blank in front', ` ${conversationUrn}`, shape],
    ['with a line break behind', `${conversationUrn}\n`, shape],
    ['with a blank inside', conversationUrn.replace(',', ', '), shape],
    ['a number', 42, 'must be a string'],
    ['null', null, 'must be a string'],
    ['a list', [conversationUrn], 'must be a string'],
  ])('%s: it says what to use instead, and quotes nothing', (_, urn, should) => {
    const error = thrownBy(() => connectSafely({ apiKey }).parseTarget({ conversationUrn: urn }));
    expect(error).toMatchObject({
      code: 'invalid-target',
      provider: 'connectsafely',
      retryable: false,
      reason: `conversationUrn ${should}`,
    });
    for (const print of everyPrintOf(error)) {
      expect(print).not.toContain(profileId);
      expect(print).not.toContain(threadId);
    }
  });

  test.each([
    ['undefined', { conversationUrn: undefined }],
    ['missing', {}],
    [
      'missing in the target of another channel',
      { chatId: '550e8400-e29b-41d4-a716-446655440000' },
    ],
  ])('%s: it says that it is required', (_, input) => {
    const error = thrownBy(() => connectSafely({ apiKey }).parseTarget(input));
    expect(error.code).toBe('invalid-target');
    expect(error.reason).toBe('conversationUrn is required and must be a string');
  });

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a text', conversationUrn],
    ['a list', [conversationUrn]],
  ])('%s in place of a target', (_, input) => {
    const error = thrownBy(() => connectSafely({ apiKey }).parseTarget(input));
    expect(error.code).toBe('invalid-target');
    expect(error.reason).toMatch(/^target (?:is required and )?must be an object$/);
  });
});

describe('the accountId of a target', () => {
  test.each([accountId, 'acc_12345', 'acc_123', '507f1f77bcf86cd799439011'])(
    'is opaque: %s is as good as any',
    (id) => {
      const target = connectSafely({ apiKey }).parseTarget({ conversationUrn, accountId: id });
      expect(target).toEqual({ conversationUrn, accountId: id });
    },
  );

  test.each<[string, unknown]>([
    ['empty', ''],
    ['blank', ' '],
    ['with a line break', `${accountId}\n`],
    ['a path', '../x'],
    ['longer than any id', 'x'.repeat(129)],
  ])('is refused if it is %s', (_, id) => {
    const input = { conversationUrn, accountId: id };
    const error = thrownBy(() => connectSafely({ apiKey }).parseTarget(input));
    expect(error.code).toBe('invalid-target');
    expect(error.reason).toBe('accountId must be a ConnectSafely account id');
  });

  test('is that of the provider where the target has none', () => {
    const provider = connectSafely({ apiKey, accountId });
    expect(provider.parseTarget({ conversationUrn })).toEqual({ conversationUrn, accountId });
  });
});

test('the URN is left as it is, its padding included, and unknown fields are left out', () => {
  const input = { conversationUrn, extra: 1 };
  expect(connectSafely({ apiKey }).parseTarget(input)).toEqual({ conversationUrn });
});

function keyOf(input: object, options: { accountId?: string } = {}): string {
  const provider = connectSafely({ apiKey, ...options });
  return provider.conversationKey(provider.parseTarget({ conversationUrn, ...input }));
}

describe('conversationKey', () => {
  test('is the same for one conversation of one account, however the account was named', () => {
    expect(keyOf({ accountId })).toBe(keyOf({}, { accountId }));
    expect(keyOf({})).toBe(keyOf({}));
  });

  test('is another for another account: each has a mailbox of its own', () => {
    expect(keyOf({ accountId })).not.toBe(keyOf({ accountId: 'acc_12345' }));
    expect(keyOf({ accountId })).not.toBe(keyOf({}));
  });

  test('is another for another conversation, also where only the case of a letter differs', () => {
    const other = conversationUrn.replace('2-Nzkz', '2-nzkz');
    expect(keyOf({ conversationUrn: other })).not.toBe(keyOf({}));
  });
});
