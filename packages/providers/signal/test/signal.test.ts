import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import { signal } from '../src/index.ts';

const number = '+15550100001';
const recipient = '+15550100002';
const api = nock('http://localhost:8080', { badheaders: ['authorization'] });

afterEach(() => {
  nock.cleanAll();
});

test('no credential is sent where none is given, and a stop has a body', async () => {
  const path = '/v1/typing-indicator/%2B15550100001';
  const start = api.put(path, { recipient }).reply(204);
  const stop = api
    .delete(path, { recipient })
    .matchHeader('content-type', 'application/json')
    .reply(204);
  const provider = signal({ number });
  const target = provider.parseTarget({ recipient });
  await expect(provider.start(target, {})).resolves.toEqual({});
  await provider.stop?.(target, {});
  expect([start.isDone(), stop.isDone()]).toEqual([true, true]);
});

test('a target without a number needs that of the options', () => {
  expect(() => signal().parseTarget({ recipient })).toThrow(
    '[signal] number is missing in the target and in the options',
  );
});

describe('a diagnosis', () => {
  const search = '/v1/search/%2B15550100001?numbers=%2B15550100002';
  test.for<[what: string, accounts: string[], registered: boolean | undefined, code: string]>([
    ['a number that the server has not', [], undefined, 'account'],
    ['a person who is not on Signal', [number], false, 'not-found'],
    ['a person who is', [number], true, 'unverified'],
  ])('of %s', async ([, accounts, registered, code]) => {
    api.get('/v1/accounts').reply(200, accounts);
    if (registered !== undefined) api.get(search).reply(200, [{ number: recipient, registered }]);
    const diagnosis = await signal().diagnose?.({ recipient, number }, {});
    expect(diagnosis?.reasons.map((reason) => reason.code)).toEqual([code]);
  });
});
