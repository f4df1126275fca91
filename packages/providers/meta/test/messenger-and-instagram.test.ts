import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import { instagram, instagramAddress, messenger, messengerAddress } from '../src/index.ts';

const recipientId = '5458290847556289';
const body = { recipient: { id: recipientId }, sender_action: 'typing_on' };
const shown = { recipient_id: recipientId };
const accessToken = 'token';

afterEach(() => {
  nock.cleanAll();
});

describe('who types, where nobody says which page or account, and where the request goes', () => {
  test.for([
    ['messenger', messenger({ accessToken }), 'https://graph.facebook.com', 'me'],
    ['instagram', instagram({ accessToken }), 'https://graph.instagram.com', 'me'],
    [
      'instagram, through its page',
      instagram({ accessToken, pageId: '7' }),
      'https://graph.facebook.com',
      '7',
    ],
  ] as const)('%s', async ([, provider, host, owner]) => {
    const scope = nock(host).post(`/v25.0/${owner}/messages`, body);
    const accepted = scope.matchHeader('authorization', 'Bearer token').reply(200, shown);
    await provider.start(provider.parseTarget({ recipientId }), {});
    expect(accepted.isDone()).toBe(true);
  });
});

test('a page types for its own people only, and its limits are its own', () => {
  const { conversationKey, credentialKey } = messengerAddress();
  const target = { recipientId, pageId: '7' };
  expect(conversationKey(target)).toBe(conversationKey({ recipientId }));
  expect(credentialKey?.(target)).toBe('messenger 7');
  expect(credentialKey?.({ recipientId })).toBeUndefined();
  const instagramKey = instagramAddress({ pageId: '7' }).credentialKey;
  expect(instagramKey?.({ recipientId, accountId: '9' })).toBe('instagram 7');
});

test('how long Instagram shows typing is assumed, until somebody has measured it', () => {
  expect(instagramAddress().capabilities.ttl).toEqual({
    kind: 'fixed',
    ms: 20_000,
    source: 'assumed',
  });
  expect(instagramAddress({ ttlMs: 12_000 }).capabilities.ttl).toEqual({
    kind: 'fixed',
    ms: 12_000,
    source: 'observed',
  });
});

describe('a diagnosis', () => {
  const at = 'Sat, 21 Nov 2026 12:00:00 GMT';
  test.for<[what: string, status: number, answer: object, codes: readonly string[]]>([
    ['an hour ago', 200, { data: [{ updated_time: '2026-11-21T11:00:00+0000' }] }, ['unverified']],
    [
      'two days ago',
      200,
      { data: [{ updated_time: '2026-11-19T11:00:00+0000' }] },
      ['inactive-chat', 'unverified'],
    ],
    [
      'two days ago, in seconds',
      200,
      { data: [{ updated_time: 1_795_086_000 }] },
      ['inactive-chat', 'unverified'],
    ],
    ['at a time that nobody can read', 200, { data: [{ updated_time: 'now' }] }, ['unverified']],
    ['without permission to read', 403, { error: { code: 200 } }, ['unverified']],
  ])('of a conversation in which somebody wrote %s', async ([, status, answer, codes]) => {
    const api = nock('https://graph.facebook.com').defaultReplyHeaders({ date: at });
    api.get('/v25.0/me?fields=id').reply(200, { id: '7' });
    api.get(/\/me\/conversations/).reply(status, answer);
    const diagnosis = await messenger({ accessToken }).diagnose?.({ recipientId }, {});
    expect(diagnosis?.reasons.map(({ code }) => code)).toEqual(codes);
  });

  test.for<[what: string, accountId: string | undefined, codes: readonly string[]]>([
    ['another account', '9', ['wrong-owner', 'unverified']],
    ['this account', '17841405309211844', ['unverified']],
    ['no account in particular', undefined, ['unverified']],
  ])('of a token on Instagram, for %s', async ([, accountId, codes]) => {
    const api = nock('https://graph.instagram.com');
    api.get('/v25.0/me?fields=user_id').reply(200, { user_id: '17841405309211844' });
    const diagnosis = await instagram({ accessToken }).diagnose?.({ recipientId, accountId }, {});
    expect(diagnosis?.reasons.map(({ code }) => code)).toEqual(codes);
  });
});
