import nock from 'nock';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { bluebubbles, bluebubblesAddress } from '../src/index.ts';

const chatGuid = 'iMessage;-;+15550100002';
const options = { baseUrl: 'http://mac.example:1234', password: 'two words & more' };
const api = nock(options.baseUrl);

afterEach(() => {
  nock.cleanAll();
  vi.useRealTimers();
});

test('a password may be of several words', async () => {
  const scope = api
    .post('/api/v1/chat/iMessage%3B-%3B%2B15550100002/typing', '')
    .query({ password: options.password })
    .reply(200, { status: 200, message: 'Successfully started typing!' });
  await bluebubbles(options).start({ chatGuid }, {});
  expect(scope.isDone()).toBe(true);
});

test("Photon's server gets the key in a header, and nothing in the query", async () => {
  const scope = nock(options.baseUrl, {
    reqheaders: { 'x-api-key': 'photon-key' },
    badheaders: ['authorization'],
  })
    .post('/api/v1/chat/iMessage%3B-%3B%2B15550100002/typing', '')
    .query({})
    .reply(200, { status: 200, message: 'Successfully started typing!' });
  await bluebubbles({ ...options, password: 'photon-key', service: 'photon' }).start(
    { chatGuid },
    {},
  );
  expect(scope.isDone()).toBe(true);
});

test('the server has no address of its own', () => {
  expect(() => bluebubbles({ ...options, baseUrl: '' })).toThrow('baseUrl must be an http(s) URL');
});

test.for([
  ['SMS;-;+15550100002', false],
  ['RCS;-;+15550100002', false],
  ['iMessage;-;+15550100002', undefined],
  ['any;-;+15550100002', undefined],
])('whether typing shows in %s: %s', ([guid = '', shows]) => {
  expect(bluebubblesAddress().capabilitiesOf?.({ chatGuid: String(guid) }).shows).toBe(shows);
});

test('where nothing can show, nothing is sent', async () => {
  const target = { chatGuid: 'SMS;-;+15550100002' };
  await expect(bluebubbles(options).start(target, {})).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('SMS or RCS'),
  });
});

test('a lifetime that somebody measured decides the cadence', () => {
  const { capabilities } = bluebubblesAddress({ ttlMs: 60_000 });
  expect(capabilities).toMatchObject({ ttl: { ms: 60_000, source: 'observed' } });
  expect(capabilities.refreshMs).toBeUndefined();
});

test.for([
  [true, 'started', 60_000],
  [false, 'stopped', 0],
] as const)('a typing indicator with display %s is told when it comes', ([display, state, ms]) => {
  vi.useFakeTimers({ now: 1_795_262_400_000 });
  const event = { type: 'typing-indicator', data: { display, guid: chatGuid } };
  expect(bluebubblesAddress().inboundIn?.(event)).toEqual([
    {
      state,
      target: { chatGuid },
      at: new Date(1_795_262_400_000),
      eventId: `${chatGuid}.${state}.1795262400000`,
      expiresInMs: ms,
    },
  ]);
});

describe('a diagnosis', () => {
  const sound = { private_api: true, helper_connected: true, detected_icloud: 'a@example.com' };
  test.for<[what: string, data: object, guid: string, codes: string[]]>([
    ['without the Private API', { private_api: false }, chatGuid, ['account', 'unverified']],
    ['without its helper', { helper_connected: false }, chatGuid, ['account', 'unverified']],
    ['without iCloud', { detected_icloud: null }, chatGuid, ['account', 'unverified']],
    ['of an SMS', {}, 'SMS;-;+15550100002', ['service', 'unverified']],
    ['of a group', {}, 'iMessage;+;chat1', ['group', 'unverified']],
  ])('%s', async ([, data, guid, codes]) => {
    api
      .get('/api/v1/server/info')
      .query(true)
      .reply(200, { status: 200, data: { ...sound, ...data } });
    const diagnosis = await bluebubbles(options).diagnose?.({ chatGuid: guid }, {});
    expect(diagnosis?.reasons.map(({ code }) => code)).toEqual(codes);
  });
});
