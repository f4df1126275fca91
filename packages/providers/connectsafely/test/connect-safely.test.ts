import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import { connectSafely, type ConnectSafelyOptions } from '../src/index.ts';

const apiKey = 'connectsafely-key';
const accountId = '696ce9e780e0483585e4e553';
const profileId = 'ACoAAATPlQ0Bc8wdg-Iy8wZgEDuSdIVWJiE1Aio';
const threadId = '2-NzkzMDFlNzAtZjU2OS00MjIwLWE2ZDctYzZkMWE1ZDljZDAyXzEwMA==';
const conversationUrn = `urn:li:msg_conversation:(urn:li:fsd_profile:${profileId},${threadId})`;
const accepted = { success: true, accountId, conversationUrn, message: 'Sent' };
const api = nock('https://api.connectsafely.ai');

afterEach(() => {
  nock.cleanAll();
});

/** What a start is answered with, and what it sent. */
async function start(input: object, options: Partial<ConnectSafelyOptions> = {}, answer = {}) {
  let sent: unknown;
  const path = `/linkedin${options.path ?? '/messaging/typing-indicator'}`;
  api.post(path, (body) => (sent = body)).reply(200, { ...accepted, ...answer });
  const provider = connectSafely({ apiKey, ...options });
  const target = provider.parseTarget({ conversationUrn, ...input });
  const receipt = await provider.start(target, {});
  return { receipt, sent };
}

describe('the account that types', () => {
  test.for<[whose: string, Partial<ConnectSafelyOptions>, input: object, string | undefined]>([
    ['the default one of the key', {}, {}, undefined],
    ['that of the options', { accountId }, {}, accountId],
    ['that of the target', { accountId }, { accountId: 'acc_12345' }, 'acc_12345'],
    ['that of the options, again', { accountId }, { accountId: undefined }, accountId],
  ])('is %s', async ([, options, input, expected]) => {
    const { sent } = await start(input, options);
    expect(sent).toEqual({ conversationUrn, ...(expected && { accountId: expected }) });
  });

  test('raises a warning that names nobody where it is not the one that was asked for', async () => {
    const { receipt } = await start({ accountId: 'acc_12345' });
    expect(receipt.vendor).toEqual({ accountId });
    expect(receipt.warnings).toMatchObject([{ code: 'account-mismatch' }]);
    expect(JSON.stringify(receipt.warnings)).not.toMatch(/acc_12345|696ce9|ACoAAAT|2-Nzkz/);
  });

  test.for([undefined, null, 7, { id: accountId }, '', 'no id at all'])(
    'may be %j in the answer: the start was accepted all the same',
    async (echoed) => {
      const { receipt } = await start({ accountId }, {}, { accountId: echoed });
      expect(receipt).toEqual({ warnings: [] });
    },
  );
});

test('another path may be given, because the vendor has announced a move', async () => {
  const { receipt } = await start({}, { path: '/conversations/typing' });
  expect(receipt.warnings).toEqual([]);
});

test.for([
  'urn:li:msg_conversation:conv_abcdef123456',
  `urn:li:msg_conversation:(urn:li:fsd_profile:${profileId})`,
  `urn:li:msg_conversation:(urn:li:fsd_profile:${profileId},a,b)`,
  `${conversationUrn})`,
])('a URN of an unusual shape is sent as it is, with a warning: %s', async (urn) => {
  const { receipt, sent } = await start({ conversationUrn: urn });
  expect(sent).toEqual({ conversationUrn: urn });
  expect(receipt.warnings).toMatchObject([{ code: 'unusual-urn' }]);
  expect(JSON.stringify(receipt.warnings)).not.toContain(urn);
});

test.for([
  [encodeURIComponent(conversationUrn), /must not be percent-encoded/],
  [conversationUrn.replaceAll('=', '%3D'), /must not be percent-encoded/],
  [`urn:li:messagingThread:${threadId}`, /not the id of the thread/],
  [`urn:li:salesNav_thread:${threadId}`, /not the id of the thread/],
  [threadId, /must look like urn:li:msg_conversation:/],
  [`${conversationUrn}\n`, /must look like urn:li:msg_conversation:/],
] as const)('the error for %s says what to pass instead', ([urn, words]) => {
  const parse = (): unknown => connectSafely({ apiKey }).parseTarget({ conversationUrn: urn });
  expect(parse).toThrow(words);
});

test.for([
  ['an accountId with a blank', { accountId: 'secret x' }, /accountId must be a ConnectSafely/],
  ['a path without its slash', { path: 'secret' }, /path must start with a slash/],
  ['a path with a query', { path: '/typing?key=secret' }, /path must start with a slash/],
  ['a path with a hash', { path: '/typing#secret' }, /path must start with a slash/],
] as const)('%s is refused without being quoted', ([, options, words]) => {
  const make = (): unknown => connectSafely({ apiKey, ...options });
  expect(make).toThrow(words);
  expect(make).not.toThrow(/secret/);
});

test('only a 429 says how long to wait, though the headers of the limit come with every answer', async () => {
  const headers = { 'x-ratelimit-reset': '2026-04-28T00:00:00Z' };
  api.post('/linkedin/messaging/typing-indicator').reply(500, { error: 'No' }, headers);
  const failure: unknown = await connectSafely({ apiKey })
    .start({ conversationUrn }, {})
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'unavailable' });
  expect(failure).not.toHaveProperty('retryAfterMs', expect.anything());
});

test('a conversation belongs to one account: each has a mailbox of its own', () => {
  const { conversationKey, parseTarget } = connectSafely({ apiKey });
  const keyOf = (input: object): string =>
    conversationKey(parseTarget({ conversationUrn, ...input }));
  const keys = [keyOf({}), keyOf({ accountId }), keyOf({ accountId: 'acc_12345' })];
  expect(new Set(keys).size).toBe(3);
  const ofOptions = connectSafely({ apiKey, accountId });
  expect(ofOptions.conversationKey(ofOptions.parseTarget({ conversationUrn }))).toBe(keys[1]);
});

describe('a diagnosis', () => {
  const inOrder = { status: 'AVAILABLE', enabled: true, hasTokens: true };
  const mailbox = { success: true, profileUrn: `urn:li:fsd_profile:${profileId}` };

  test.for<
    [what: string, account: [number, object], mailbox: [number, unknown] | undefined, unknown[]]
  >([
    ['all is well', [200, inOrder], [200, mailbox], ['unknown', 'unverified']],
    [
      'another status of the account',
      [200, { ...inOrder, status: 'WARMUP' }],
      [200, mailbox],
      ['unknown', 'unverified'],
    ],
    [
      'LinkedIn has locked it',
      [200, { ...inOrder, status: 'ERROR' }],
      undefined,
      ['no', 'account'],
    ],
    ['it is switched off', [200, { ...inOrder, enabled: false }], undefined, ['no', 'account']],
    ['it has no session', [200, { ...inOrder, hasTokens: false }], undefined, ['no', 'account']],
    ['the key does not have it', [404, { error: 'not found' }], undefined, ['no', 'account']],
    ['its id is no id', [400, { error: 'Invalid account ID' }], undefined, ['no', 'account']],
    ['it has gone', [200, inOrder], [404, { error: 'not found' }], ['no', 'account']],
    ['the trial is over', [403, {}], undefined, ['no', 'trial-expired']],
    [
      'the mailbox is somebody else’s',
      [200, inOrder],
      [200, { ...mailbox, profileUrn: 'urn:li:fsd_profile:ACoAAOther' }],
      ['no', 'wrong-owner'],
    ],
    [
      'nobody says whose the mailbox is',
      [200, inOrder],
      [200, { ...mailbox, profileUrn: { toString: 1 } }],
      ['unknown', 'unverified', 'unverified'],
    ],
  ])('%s', async ([, account, messages, expected]) => {
    api.get(`/linkedin/account/${accountId}/status`).reply(...account);
    if (messages) {
      const query = { count: 1, accountId };
      api
        .get('/linkedin/messaging/recent-messages')
        .query(query)
        .reply(messages[0], Object(messages[1]));
    }
    const diagnosis = await connectSafely({ apiKey }).diagnose?.(
      { conversationUrn, accountId },
      {},
    );
    const codes = diagnosis?.reasons.map(({ code }) => code) ?? [];
    expect([diagnosis?.willShow, ...codes]).toEqual(expected);
    expect(nock.isDone()).toBe(true);
    expect(JSON.stringify(diagnosis)).not.toMatch(/696ce9|ACoAAAT/);
  });

  test.for<[what: string, account: [number, object], mailbox: object | undefined, code: string]>([
    ['a bad key', [401, { error: 'Unauthorized' }], undefined, 'unauthenticated'],
    ['a list in place of an account', [200, []], undefined, 'bad-response'],
    ['a mailbox that LinkedIn refuses', [200, inOrder], { success: false }, 'rejected'],
    ['a list in place of a mailbox', [200, inOrder], [], 'bad-response'],
  ])('fails with %s', async ([, account, messages, code]) => {
    api.get('/linkedin/account/acc%3A1/status').reply(...account);
    if (messages) api.get('/linkedin/messaging/recent-messages').query(true).reply(200, messages);
    const target = { conversationUrn, accountId: 'acc:1' };
    const diagnosis = connectSafely({ apiKey }).diagnose?.(target, {});
    await expect(diagnosis).rejects.toMatchObject({ code, operation: 'diagnose' });
  });

  test('a URN of an unusual shape may be the wrong one', async () => {
    api.get('/linkedin/account/status').reply(200, inOrder);
    api.get('/linkedin/messaging/recent-messages').query({ count: 1 }).reply(200, mailbox);
    const target = { conversationUrn: 'urn:li:msg_conversation:7' };
    const diagnosis = await connectSafely({ apiKey }).diagnose?.(target, {});
    expect(diagnosis?.reasons.map(({ code }) => code)).toEqual(['wrong-target', 'unverified']);
  });
});
