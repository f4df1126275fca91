import type { StartReceipt } from '@typingkit/core';
import { describe, expect, test } from 'vitest';
import {
  connectSafely,
  type ConnectSafelyOptions,
  type ConnectSafelyTarget,
} from '../src/index.ts';
import {
  accepted,
  accountId,
  answerOnce,
  apiKey,
  conversationUrn,
  onlyAnnouncedRequests,
  profileId,
  threadId,
} from './support/connectsafely-vendor.ts';

onlyAnnouncedRequests();

function receiptOf(target: Partial<ConnectSafelyTarget>, body: unknown): Promise<StartReceipt> {
  answerOnce({ status: 200, body });
  return connectSafely({ apiKey }).start({ conversationUrn, ...target }, {});
}

describe('the account that is asked for', () => {
  test.each<[string, Partial<ConnectSafelyOptions>, object, string | undefined]>([
    ['of nobody: the vendor takes its default', {}, {}, undefined],
    ['of the provider', { accountId }, {}, accountId],
    ['of the target', {}, { accountId: 'acc_12345' }, 'acc_12345'],
    [
      'of the target rather than of the provider',
      { accountId },
      { accountId: 'acc_12345' },
      'acc_12345',
    ],
    [
      'of the provider where that of the target is undefined',
      { accountId },
      { accountId: undefined },
      accountId,
    ],
  ])('is that %s', async (_, options, input, expected) => {
    const seen = answerOnce({ status: 200, body: accepted });
    const provider = connectSafely({ apiKey, ...options });
    await provider.start(provider.parseTarget({ conversationUrn, ...input }), {});
    // Byte for byte: nothing in the URN is encoded, and no accountId is made up.
    expect(seen[0]?.body).toBe(JSON.stringify({ conversationUrn, accountId: expected }));
  });
});

test('goes to another path, now that the vendor has announced a move', async () => {
  const seen = answerOnce(
    { status: 200, body: accepted },
    { path: '/linkedin/conversations/typing' },
  );
  const provider = connectSafely({ apiKey, path: '/conversations/typing' });
  await provider.start({ conversationUrn }, {});
  expect(seen).toHaveLength(1);
});

function codesOf({ warnings = [] }: StartReceipt): string[] {
  return warnings.map(({ code }) => code);
}

describe('the account that typed', () => {
  test('is in the receipt, also where none was asked for', async () => {
    const receipt = await receiptOf({}, accepted);
    expect(receipt).toEqual({ warnings: [], vendor: { accountId } });
  });

  test('is no cause for a warning if it is the one that was asked for', async () => {
    const receipt = await receiptOf({ accountId }, accepted);
    expect(receipt).toEqual({ warnings: [], vendor: { accountId } });
  });

  test('is a warning if it is another one than was asked for', async () => {
    const receipt = await receiptOf({ accountId: 'acc_12345' }, accepted);
    expect(receipt.vendor).toEqual({ accountId });
    expect(codesOf(receipt)).toEqual(['account-mismatch']);
    const text = JSON.stringify(receipt.warnings);
    for (const id of [accountId, 'acc_12345', profileId, threadId]) expect(text).not.toContain(id);
  });

  test.each<[string, unknown]>([
    ['missing', undefined],
    ['null', null],
    ['a number', 7],
    ['an object', { id: accountId }],
    ['empty', ''],
    ['a text that is no id', 'no id at all'],
  ])('may be %s in the answer: the start was accepted all the same', async (_, echoed) => {
    const receipt = await receiptOf({ accountId }, { ...accepted, accountId: echoed });
    expect(receipt).toEqual({ warnings: [] });
    expect(receipt).not.toHaveProperty('vendor');
  });
});

test('a minimal success is enough, and fields of tomorrow do no harm', async () => {
  expect(await receiptOf({}, { success: true })).toEqual({ warnings: [] });
  expect(await receiptOf({}, { success: true, data: { new: [1] } })).toEqual({ warnings: [] });
});

test('claims nothing that the vendor did not say: no lifetime', async () => {
  const receipt = await receiptOf({}, accepted);
  expect(receipt).not.toHaveProperty('visibleForMs');
});

describe('a URN of another shape', () => {
  test.each([
    'urn:li:msg_conversation:conv_abcdef123456',
    'urn:li:msg_conversation:(…)',
    `urn:li:msg_conversation:(urn:li:fsd_profile:${profileId})`,
    `urn:li:msg_conversation:(urn:li:member:1,${threadId})`,
    `urn:li:msg_conversation:(urn:li:fsd_profile:${profileId},a,b)`,
    `${conversationUrn})`,
  ])('(%s) is sent as it is, with a warning', async (urn) => {
    const provider = connectSafely({ apiKey });
    const seen = answerOnce({ status: 200, body: accepted });
    const receipt = await provider.start(provider.parseTarget({ conversationUrn: urn }), {});
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ conversationUrn: urn });
    expect(codesOf(receipt)).toEqual(['unusual-urn']);
    expect(JSON.stringify(receipt.warnings)).not.toContain(urn);
  });

  test('is not what the vendor shows in its documentation: those raise no warning', async () => {
    const samples = [
      conversationUrn,
      'urn:li:msg_conversation:(urn:li:fsd_profile:ACoAABpGQcMBI08myTal7qDJ5zb9lJiM24nFjJI,2-YTlkMzliMTAtMjA4Zi00ODc4LTgxZDgtZTI4ZDY0Zjg1YTE4XzEwMA==)',
    ];
    for (const urn of samples) {
      expect(codesOf(await receiptOf({ conversationUrn: urn }, accepted))).toEqual([]);
    }
  });

  test('adds up with another account', async () => {
    const conversation = { conversationUrn: 'urn:li:msg_conversation:x', accountId: 'acc_1' };
    expect(codesOf(await receiptOf(conversation, accepted))).toEqual([
      'account-mismatch',
      'unusual-urn',
    ]);
  });
});
