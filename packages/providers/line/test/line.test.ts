import { createTyping } from '@typingkit/core';
import nock from 'nock';
import { afterEach, expect, test } from 'vitest';
import { line, lineAddress } from '../src/index.ts';

const channelAccessToken = 'channel-token';
const target = { userId: 'U4af4980629d9a7bd4cb8aeab5b3b9bd1' };
const api = nock('https://api.line.me');

afterEach(() => {
  nock.cleanAll();
});

test.for([
  [undefined, 20],
  [12_000, 10],
  [1_000, 5],
  [300_000, 60],
])('a wish for %s ms is %s seconds, in steps of five', async ([ttlMs, loadingSeconds]) => {
  const body = { chatId: target.userId, loadingSeconds };
  const scope = api.post('/v2/bot/chat/loading/start', body).reply(202, {});
  const typing = createTyping({ channels: { line: line({ channelAccessToken }) } });
  await typing.send('line', target, { ttlMs });
  expect(scope.isDone()).toBe(true);
  await typing.close();
});

test('a channel id names the credential', () => {
  expect(lineAddress({ channelId: '1234567890' }).credentialKey?.(target)).toBe('1234567890');
});

test('who is no friend may see nothing', async () => {
  api.get(`/v2/bot/profile/${target.userId}`).reply(404, { message: 'Not found' });
  const diagnosis = await line({ channelAccessToken }).diagnose?.(target, {});
  expect(diagnosis?.reasons.map(({ code }) => code)).toEqual(['opted-out', 'unverified']);
});

test.for([
  [{ groupId: 'C4af4980629d9a7bd4cb8aeab5b3b9bd1' }],
  [{ roomId: 'R4af4980629d9a7bd4cb8aeab5b3b9bd1' }],
] as const)('shows the fallback for %j, and asks LINE for nothing', async ([place]) => {
  const typing = createTyping({ channels: { line: line({ channelAccessToken }) } });
  const shown: string[] = [];
  const fallback = {
    show: () => void shown.push('One moment…'),
    clear: () => void shown.push('gone'),
  };
  expect(await typing.with('line', place, () => 'the answer', { fallback })).toBe('the answer');
  await expect(typing.send('line', place)).rejects.toMatchObject({ code: 'unsupported' });
  expect((await typing.diagnose('line', place)).reasons).toMatchObject([{ code: 'group' }]);
  await typing.close();
  expect(shown).toEqual(['One moment…', 'gone']);
});

test.for([
  [{ groupId: 'U4af4980629d9a7bd4cb8aeab5b3b9bd1' }, 'groupId'],
  [{ roomId: 'C4af4980629d9a7bd4cb8aeab5b3b9bd1' }, 'roomId'],
] as const)('%j is refused', ([place, field]) => {
  expect(() => lineAddress().parseTarget(place)).toThrow(field);
});
