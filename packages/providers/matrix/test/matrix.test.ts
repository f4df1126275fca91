import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import { matrix } from '../src/index.ts';

const baseUrl = 'https://matrix.example.org';
const target = { roomId: '!wefh3sfukhs:example.org' };
const userId = '@bot:example.org';
const room = '/_matrix/client/v3/rooms/!wefh3sfukhs%3Aexample.org';
const whoAmI = '/_matrix/client/v3/account/whoami';
const api = nock(baseUrl);
const bot = { baseUrl, accessToken: 'syt_secret' };

afterEach(() => {
  nock.cleanAll();
});

test('asks once whose the token is, where it was not told', async () => {
  const asked = api.get(whoAmI).reply(200, { user_id: userId });
  const path = `${room}/typing/%40bot%3Aexample.org`;
  const set = api.put(path, { typing: true, timeout: 5_000 }).times(3).reply(200, {});
  const provider = matrix(bot);
  const { signal } = new AbortController();
  const start = (): Promise<unknown> => provider.start(target, { ttlMs: 5_000, signal });
  await Promise.all([start(), start()]);
  await start();
  expect(asked.isDone() && set.isDone()).toBe(true);
  // From now on it knows itself.
  const own = { type: 'm.room.message', room_id: target.roomId, sender: userId, content: {} };
  expect(provider.targetsIn?.(own)).toEqual([]);
});

test('asks again whose the token is, where the answer was a failure', async () => {
  api.get(whoAmI).reply(502);
  api.get(whoAmI).reply(200, '<html></html>');
  const provider = matrix(bot);
  await expect(provider.start(target, {})).rejects.toHaveProperty('code', 'unavailable');
  await expect(provider.start(target, {})).rejects.toHaveProperty('code', 'bad-response');
});

test('a start that is aborted while it asks takes no other one along', async () => {
  api.get(whoAmI).delay(20).reply(200, { user_id: userId });
  api.put(`${room}/typing/%40bot%3Aexample.org`).reply(200, {});
  const provider = matrix(bot);
  const controller = new AbortController();
  const aborted = provider.start(target, { signal: controller.signal });
  const other = provider.start(target, {});
  controller.abort(new Error('no longer'));
  await expect(aborted).rejects.toThrow('no longer');
  await expect(other).resolves.toEqual({});
});

test('each target can have an account of its own', async () => {
  const set = api.put(`${room}/typing/%40other%3Aexample.org`).reply(200, {});
  const provider = matrix({ ...bot, userId: () => '@other:example.org' });
  await provider.start(target, {});
  expect(set.isDone()).toBe(true);
  expect(provider.credentialKey?.(target)).toBe('@other:example.org');
});

test.for<[what: string, own: () => string, words: string]>([
  [
    'fails',
    () => {
      throw new Error('cannot reach db.internal');
    },
    'the userId function failed',
  ],
  ['returns no id', () => 'bot', 'the userId function returned something that is not the id'],
])('a userId function that %s is not the fault of the server', async ([, own, words]) => {
  const provider = matrix({ ...bot, userId: own });
  const expected = { code: 'misconfigured', message: expect.stringContaining(words) };
  await expect(provider.start(target, {})).rejects.toMatchObject(expected);
  expect(() => provider.credentialKey?.(target)).toThrow(expect.objectContaining(expected));
});

test('needs to know where the homeserver is', () => {
  expect(() => matrix({ ...bot, baseUrl: '' })).toThrow(/baseUrl must be an http/);
  // As from JavaScript.
  expect(() => Reflect.apply(matrix, undefined, [{ accessToken: 'token' }])).toThrow(/baseUrl/);
});

describe('a diagnosis', () => {
  test.for<[what: string, owner: string, members: [status: number, body: object], code: string]>([
    ['another account', '@else:example.org', [200, {}], 'wrong-owner'],
    ['a room without the account', userId, [403, { errcode: 'M_FORBIDDEN' }], 'left'],
    ['a room without anybody else', userId, [200, { joined: { [userId]: {} } }], 'left'],
  ])('%s', async ([, owner, [status, body], code]) => {
    api.get(whoAmI).reply(200, { user_id: owner });
    api.get(`${room}/joined_members`).reply(status, body);
    const diagnosis = await matrix({ ...bot, userId }).diagnose?.(target, {});
    expect(diagnosis).toMatchObject({ willShow: 'no', reasons: [{ code }] });
  });
});
