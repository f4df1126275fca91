import { createTyping } from '@typingkit/core';
import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import { unipile } from '../src/index.ts';

const apiKey = 'unipile-key';
const chatId = '2-ZXhhbXBsZQ==';
const target = { chatId, accountId: 'acc_1' };
const api = nock('https://api.unipile.com');
const chatPath = (accountId: string): string => `/v2/${accountId}/chats/2-ZXhhbXBsZQ%3D%3D`;
const problem = (type: string): object => ({ object: 'Error', type, status: 401 });

afterEach(() => {
  nock.cleanAll();
});

test.for([
  ['recording', 'recording'],
  ['typing', 'typing'],
  ['upload_photo', 'typing'],
])('the action %s is sent as %s', async ([action, sent]) => {
  const scope = api
    .post(`${chatPath('acc_1')}/composing?action=${sent}`, '')
    .reply(200, { object: 'ComposingSet' });
  await unipile({ apiKey }).start(target, { action });
  expect(scope.isDone()).toBe(true);
});

test('the account of the options types where a target names none', () => {
  const provider = unipile({ apiKey, accountId: 'acc_2' });
  expect(provider.parseTarget({ chatId })).toEqual({ chatId, accountId: 'acc_2' });
  expect(provider.parseTarget(target)).toEqual(target);
  expect(() => unipile({ apiKey }).parseTarget({ chatId })).toThrow(
    '[unipile] accountId is missing in the target and in the options',
  );
});

test('a lifetime that somebody measured decides the cadence', () => {
  const { capabilities } = unipile({ apiKey, ttlMs: 20_000 });
  expect(capabilities).toMatchObject({ ttl: { ms: 20_000, source: 'observed' } });
  expect(capabilities.refreshMs).toBeUndefined();
});

test('an account that LinkedIn has logged out does not silence the others', async () => {
  const typing = createTyping({ channels: { linkedin: unipile({ apiKey }) } });
  api
    .post(`${chatPath('acc_1')}/composing?action=typing`)
    .reply(401, problem('provider/invalid_authorization'));
  await expect(typing.send('linkedin', target)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(typing.send('linkedin', target)).rejects.toMatchObject({ code: 'unauthenticated' });
  api.post(`${chatPath('acc_2')}/composing?action=typing`).reply(200, { object: 'ComposingSet' });
  await expect(typing.send('linkedin', { chatId, accountId: 'acc_2' })).resolves.toMatchObject({
    status: 'accepted',
  });
  await typing.close();
});

describe('a diagnosis', () => {
  const diagnose = async (): Promise<string[] | undefined> =>
    (await unipile({ apiKey }).diagnose?.(target, {}))?.reasons.map(({ code }) => code);

  test.for<[what: string, status: number, body: object, codes: string[]]>([
    ['that LinkedIn has logged out', 200, { status: 'disconnected' }, ['account']],
    ['that is paused', 200, { status: 'paused' }, ['account']],
    ['that is not of this key', 404, problem('api/resource_not_found'), ['account']],
    ['whose session is gone', 401, problem('provider/invalid_credentials'), ['account']],
    ['that nobody pays for', 402, problem('api/inactive_subscription'), ['trial-expired']],
  ])('of an account %s asks no further', async ([, status, body, codes]) => {
    api.get('/v2/accounts/acc_1').reply(status, body);
    expect(await diagnose()).toEqual(codes);
  });

  test.for<[what: string, status: number, body: object, codes: string[]]>([
    ['that is not there', 404, problem('provider/resource_not_found'), ['wrong-owner']],
    ['that can only be read', 200, { is_readonly: true }, ['left', 'unverified']],
    [
      'of several people with restrictions',
      200,
      { is_group: true, restrictions: ['send_message'] },
      ['forbidden', 'group', 'unverified'],
    ],
  ])('of a chat %s', async ([, status, body, codes]) => {
    api.get('/v2/accounts/acc_1').reply(200, { status: 'running' });
    api.get(chatPath('acc_1')).reply(status, body);
    expect(await diagnose()).toEqual(codes);
  });

  test('fails where the key itself is refused', async () => {
    api.get('/v2/accounts/acc_1').reply(401, problem('api/expired_authorization'));
    await expect(diagnose()).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
