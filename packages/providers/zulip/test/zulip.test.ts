import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import { zulip, zulipAddress } from '../src/index.ts';

const baseUrl = 'https://example.zulipchat.com';
const account = { baseUrl, email: 'my-bot@example.com', apiKey: 'secret' };
const target = { to: [7], topic: 'Support' };
const api = nock(baseUrl);

afterEach(() => {
  nock.cleanAll();
});

test('a server that did not understand all of a start is told of', async () => {
  const body = { result: 'success', msg: '', ignored_parameters_unsupported: ['stream_id'] };
  api.post('/api/v1/typing').reply(200, body);
  const receipt = await zulip(account).start(target, {});
  expect(receipt.warnings).toMatchObject([{ code: 'ignored-parameters' }]);
});

test('the lifetime of an older server is an option', () => {
  const { ttl, refreshMs } = zulipAddress({ lifetimeMs: 15_000 }).capabilities;
  expect({ ttl, refreshMs }).toMatchObject({ ttl: { ms: 15_000 }, refreshMs: 10_000 });
});

test('where emails are hidden, the user id tells the bot from the people', () => {
  const { targetsIn } = zulipAddress({ userId: 5 });
  const people = [{ id: 5, email: 'user5@example.com' }, { id: 9 }];
  const message = { type: 'private', sender_id: 9, display_recipient: people };
  expect(targetsIn?.(message)).toEqual([{ to: [9] }]);
  expect(targetsIn?.({ ...message, sender_id: 5 })).toEqual([]);
});

test.for(['', 'not an email', 'a:b@example.com'])('"%s" is no email', (email) => {
  expect(() => zulip({ ...account, email })).toThrow(/email must be an email/);
});

describe('a diagnosis', () => {
  const members = (count: number): object => ({ subscribers: Array.from({ length: count }) });
  test.for<[what: string, me: object, members: object | string, codes: string[]]>([
    ['an account that is deactivated', { is_active: false }, {}, ['account']],
    ['a channel of 100', {}, members(100), ['unverified']],
    ['a channel of 101', {}, members(101), ['group', 'unverified']],
    ['a channel whose list is too long', {}, ' '.repeat(70_000), ['group', 'unverified']],
  ])('%s', async ([, me, body, codes]) => {
    api.get('/api/v1/users/me').reply(200, me);
    api.get('/api/v1/streams/7/members').reply(200, body);
    const diagnosis = await zulip(account).diagnose?.(target, {});
    expect(diagnosis?.reasons.map(({ code }) => code)).toEqual(codes);
  });
});
