import { describe, expect, test } from 'vitest';
import { linq } from '../src/index.ts';
import { thrownBy } from './support/failure.ts';
import { answerOnce, apiKey, chatId, onlyAnnouncedRequests } from './support/linq-vendor.ts';

// No request is announced where a target is refused: one that goes out fails the test.
onlyAnnouncedRequests();

describe('parseTarget', () => {
  test.each<[string, unknown]>([
    ['an empty id', ''],
    ['a step up', '..'],
    ['a step aside', '.'],
    ['a path', 'a/b'],
    ['an id with a step up behind it', `${chatId}/../${chatId}`],
    ['an id with a query behind it', `${chatId}?x=1`],
    ['a line break behind the id', `${chatId}\n`],
    ['blanks around the id', ` ${chatId} `],
    ['the id without its last digit', chatId.slice(0, -1)],
    ['the id without dashes', chatId.replaceAll('-', '')],
    ['the id in braces', `{${chatId}}`],
    ['a phone number', '+15551234567'],
    ['a number', 42],
    ['null', null],
    ['a list', [chatId]],
    ['an object', { id: chatId }],
  ])('refuses %s and says what a chatId looks like, without quoting it', (_, id) => {
    const error = thrownBy(() => linq({ apiKey }).parseTarget({ chatId: id }));
    expect(error).toMatchObject({ code: 'invalid-target', provider: 'linq', retryable: false });
    expect(error.message).toBe(
      '[linq] chatId must be a UUID such as 550e8400-e29b-41d4-a716-446655440000',
    );
  });

  test.each([
    ['undefined', { chatId: undefined }],
    ['missing', {}],
    [
      'missing in the target of another channel',
      { conversationUrn: 'urn:li:msg_conversation:(x)' },
    ],
  ])('says that the chatId is required where it is %s', (_, input) => {
    const error = thrownBy(() => linq({ apiKey }).parseTarget(input));
    expect(error.code).toBe('invalid-target');
    expect(error.reason).toMatch(/^chatId is required and must be a UUID such as/);
  });

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a text', chatId],
    ['a list', [chatId]],
  ])('refuses %s for a target', (_, input) => {
    const error = thrownBy(() => linq({ apiKey }).parseTarget(input));
    expect(error.code).toBe('invalid-target');
    expect(error.reason).toMatch(/^target (?:is required and )?must be an object$/);
  });

  test('takes upper case and asks in lower case, as one conversation', async () => {
    const provider = linq({ apiKey });
    const target = provider.parseTarget({ chatId: chatId.toUpperCase() });
    expect(target).toEqual({ chatId });

    const seen = answerOnce({ status: 204 });
    await provider.start(target, {});
    expect(seen).toHaveLength(1);
  });

  test('leaves out what it does not know', () => {
    const input = { chatId, secret: 'x' };
    expect(linq({ apiKey }).parseTarget(input)).toEqual({ chatId });
  });
});

describe('conversationKey', () => {
  const provider = linq({ apiKey });
  const keyOf = (id: string): string =>
    provider.conversationKey(provider.parseTarget({ chatId: id }));

  test('is the same for one chat, however it is written', () => {
    expect(keyOf(chatId.toUpperCase())).toBe(keyOf(chatId));
  });

  test('is another for another chat', () => {
    expect(keyOf('550e8400-e29b-41d4-a716-446655440001')).not.toBe(keyOf(chatId));
  });
});
