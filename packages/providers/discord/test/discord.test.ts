import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import { discord } from '../src/index.ts';

const botToken = 'MTIzNDU2Nzg5MDEyMzQ1Njc4MA.a.token';
const target = { channelId: '1234567890123456789' };
const api = nock('https://discord.com');
const typingPath = `/api/v10/channels/${target.channelId}/typing`;

afterEach(() => {
  nock.cleanAll();
});

test.for([
  ['has no slow mode', {}],
  ['has slow mode', { message_send_cooldown_ms: 4_000, thread_create_cooldown_ms: 0 }],
] as const)('a channel that %s answers 200, too', async ([, body]) => {
  const scope = api.post(typingPath, '').matchHeader('content-length', '0').reply(200, body);
  await expect(discord({ botToken }).start(target, {})).resolves.toEqual({});
  expect(scope.isDone()).toBe(true);
});

const limited = { message: 'You are being rate limited.', retry_after: 1.5 };
test.for<[what: string, body: object | string, scope: 'credential' | undefined]>([
  ['a global limit holds back the bot', { ...limited, global: true }, 'credential'],
  ['a limit of a channel holds back the channel', { ...limited, global: false }, undefined],
  ['a page of Cloudflare holds back the bot', '<html>error code: 1015</html>', 'credential'],
])('%s', async ([, body, scope]) => {
  api.post(typingPath).reply(429, body);
  const error = await discord({ botToken })
    .start(target, {})
    .catch((reason: unknown) => reason);
  expect(error).toHaveProperty('code', 'rate-limited');
  expect(Object(error).scope).toBe(scope);
});

test('a token names its bot, and one that does not is no trouble', () => {
  const keyOf = (token: string) => discord({ botToken: token }).credentialKey?.(target);
  expect(keyOf(botToken)).toBe('1234567890123456780');
  expect(keyOf('not-base64!.a.token')).toBeUndefined();
  expect(keyOf('aGVsbG8.a.token')).toBeUndefined();
});

describe('a diagnosis', () => {
  test.for<[what: string, channel: object, codes: string[]]>([
    ['a category', { type: 4 }, ['wrong-target']],
    ['a forum', { type: 15 }, ['wrong-target']],
    ['a thread', { type: 11, thread_metadata: {} }, ['unverified']],
    [
      'a thread that is archived and locked',
      { type: 12, thread_metadata: { archived: true, locked: true } },
      ['forbidden', 'inactive-chat', 'unverified'],
    ],
  ])('%s', async ([, channel, codes]) => {
    api.get(`/api/v10/channels/${target.channelId}`).reply(200, channel);
    const diagnosis = await discord({ botToken }).diagnose?.(target, {});
    expect(diagnosis?.reasons.map(({ code }) => code)).toEqual(codes);
  });

  test('whoever may not see a channel is not in it', async () => {
    const body = { message: 'Missing Access', code: 50_001 };
    api.get(`/api/v10/channels/${target.channelId}`).reply(403, body);
    const diagnosis = await discord({ botToken }).diagnose?.(target, {});
    expect(diagnosis?.reasons[0]?.code).toBe('left');
  });
});
