import nock from 'nock';
import { afterEach, expect, test } from 'vitest';
import { mattermost, mattermostAddress } from '../src/index.ts';

const baseUrl = 'https://chat.example.com';
const target = { channelId: 'k3m8p9qzt7gyxc1n5w4rbd6fho' };
const api = nock(baseUrl);

afterEach(() => {
  nock.cleanAll();
});

test('a thread is typed in by its first post', async () => {
  const threadId = 'z9y8x7w6v5u4t3s2r1q0ponmlk';
  const body = { channel_id: target.channelId, parent_id: threadId };
  const scope = api.post('/api/v4/users/me/typing', body).reply(200, { status: 'OK' });
  await mattermost({ baseUrl, token: 'secret' }).start({ ...target, threadId }, {});
  expect(scope.isDone()).toBe(true);
});

test('the lifetime is that of the server', () => {
  const { ttl } = mattermostAddress({ lifetimeMs: 8_000 }).capabilities;
  expect(ttl).toMatchObject({ ms: 8_000 });
});

test.for([403, 404])('who is not in a channel is told so by %i', async (status) => {
  api.get(`/api/v4/channels/${target.channelId}/members/me`).reply(status, { id: 'x' });
  const diagnosis = await mattermost({ baseUrl, token: 'secret' }).diagnose?.(target, {});
  expect(diagnosis).toMatchObject({ willShow: 'no', reasons: [{ code: 'left' }] });
});
