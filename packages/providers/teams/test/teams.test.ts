import { createTyping } from '@typingkit/core';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { teams, type TeamsOptions, type TeamsTarget } from '../src/index.ts';

const app = { appId: 'app-1', appPassword: 'app~secret' };
const connector = 'https://smba.trafficmanager.net';
const serviceUrl = `${connector}/emea/`;
const login = nock('https://login.microsoftonline.com');
let tokensGiven: number;

beforeEach(() => {
  tokensGiven = 0;
});
afterEach(() => {
  nock.cleanAll();
});

function givesTokens(tenant = 'botframework.com'): nock.Scope {
  return login
    .post(`/${tenant}/oauth2/v2.0/token`, {
      grant_type: 'client_credentials',
      client_id: 'app-1',
      client_secret: 'app~secret',
      scope: 'https://api.botframework.com/.default',
    })
    .times(9)
    .reply(200, () => {
      tokensGiven += 1;
      return { token_type: 'Bearer', expires_in: 3600, access_token: `token-${tokensGiven}` };
    });
}

function takesTyping(id: string, token: string, status = 201): nock.Scope {
  const path = `/emea/v3/conversations/${encodeURIComponent(id)}/activities`;
  return nock(connector, { reqheaders: { authorization: `Bearer ${token}` } })
    .post(path, { type: 'typing' })
    .reply(status);
}

describe('the token', () => {
  test('is fetched once for all who start, and again only after a 401', async () => {
    givesTokens();
    const { start } = teams(app);
    const ids = ['a:1', 'a:2', 'a:3'];
    const scopes = ids.map((id) => takesTyping(id, 'token-1'));
    await Promise.all(ids.map((conversationId) => start({ conversationId, serviceUrl }, {})));
    expect(scopes.every((scope) => scope.isDone())).toBe(true);
    takesTyping('a:1', 'token-1', 401);
    const target = { conversationId: 'a:1', serviceUrl };
    await expect(start(target, {})).rejects.toMatchObject({ code: 'unauthenticated' });
    const scope = takesTyping('a:1', 'token-2');
    await start(target, {});
    expect({ isDone: scope.isDone(), tokensGiven }).toEqual({ isDone: true, tokensGiven: 2 });
  });

  test("comes from the app's own tenant", async () => {
    givesTokens('contoso.example');
    const scope = takesTyping('a:1', 'token-1');
    await teams({ ...app, tenantId: 'contoso.example' }).start(
      { conversationId: 'a:1', serviceUrl },
      {},
    );
    expect(scope.isDone()).toBe(true);
  });
});

describe('the token goes', () => {
  test.for<[serviceUrl: string, serviceHosts?: string[]]>([
    ['https://smba.trafficmanager.net/amer/'],
    ['https://smba.infra.gcc.teams.microsoft.com/gcc'],
    ['https://directline.botframework.com/'],
    ['https://bots.example.com:8443/x', ['bots.example.com:8443']],
    ['http://127.0.0.1:3978/', ['127.0.0.1:3978']],
  ])('to %s', async ([address, serviceHosts]) => {
    const base = address.replace(/\/$/, '');
    const scope = nock(base).post('/v3/conversations/a%3A1/activities').reply(200, { id: '' });
    await teams({ accessToken: 'token', serviceHosts }).start(
      { conversationId: 'a:1', serviceUrl: address },
      {},
    );
    expect(scope.isDone()).toBe(true);
  });

  test.for([
    // Anybody can have a name there.
    'https://evil.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net.evil.example/',
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net:8443/',
    'https://user@smba.trafficmanager.net/',
    'https://evilbotframework.com/',
    'http://127.0.0.1:3978/',
  ])('not to %s, and none is fetched for it', async (address) => {
    givesTokens();
    const start = teams(app).start({ conversationId: 'a:1', serviceUrl: address }, {});
    await expect(start).rejects.toMatchObject({ code: 'invalid-target' });
    expect(tokensGiven).toBe(0);
  });
});

describe('a channel of a team', () => {
  const targets: readonly [what: string, target: TeamsTarget][] = [
    ['by its type', { conversationId: 'a:1', serviceUrl, conversationType: 'channel' }],
    ['by its id', { conversationId: '19:a@thread.tacv2;messageid=1', serviceUrl }],
  ];

  test.for(targets)('%s shows nothing, and nobody is asked', async ([, target]) => {
    givesTokens();
    const provider = teams(app);
    expect(provider.capabilitiesOf?.(target).shows).toBe(false);
    await expect(provider.start(target, {})).rejects.toMatchObject({ code: 'unsupported' });
    expect(tokensGiven).toBe(0);
  });

  test.for(targets)('%s is asked where that is wanted', async ([, target]) => {
    givesTokens();
    const scope = takesTyping(target.conversationId, 'token-1');
    await teams({ ...app, teamChannels: true }).start(target, {});
    expect(scope.isDone()).toBe(true);
  });
});

test('the newest activity says where a session goes on', async () => {
  const old = nock('https://smba.trafficmanager.net')
    .post('/amer/v3/conversations/a%3A1/activities')
    .reply(202);
  const moved = nock('https://smba.trafficmanager.net')
    .post('/emea/v3/conversations/a%3A1/activities')
    .reply(202);
  await using typing = createTyping({ channels: { teams: teams({ accessToken: 'token' }) } });
  await typing.send('teams', { conversationId: 'a:1', serviceUrl: `${connector}/amer/` });
  const session = typing.keep('teams', { conversationId: 'a:1', serviceUrl });
  await expect.poll(() => moved.isDone(), { timeout: 5_000 }).toBe(true);
  await session.stop();
  expect(old.isDone()).toBe(true);
});

test('a bubble and its limits are a conversation’s, wherever it is, and a credential is the app', () => {
  const { conversationKey, budgetKey, credentialKey } = teams(app);
  const targets: TeamsTarget[] = [
    { conversationId: 'a:1', serviceUrl },
    { conversationId: 'a:1', serviceUrl: `${connector}/amer/` },
    { conversationId: 'a:2', serviceUrl },
  ];
  expect(new Set(targets.map(conversationKey)).size).toBe(2);
  expect(new Set(targets.map((target) => budgetKey?.(target))).size).toBe(2);
  expect(new Set(targets.map((target) => credentialKey?.(target)))).toEqual(new Set(['app-1']));
});

test('a token endpoint that quotes the request tells nobody the secret', async () => {
  const form = new URLSearchParams({ client_secret: "Ab8Q~x/y+z=()*'!" }).toString();
  login
    .post('/botframework.com/oauth2/v2.0/token')
    .reply(400, { error: 'invalid_request', error_description: `AADSTS90014: ${form} is wrong` });
  const start = teams({ appId: 'app-1', appPassword: "Ab8Q~x/y+z=()*'!" }).start(
    { conversationId: 'a:1', serviceUrl },
    {},
  );
  await expect(start).rejects.toMatchObject({
    code: 'unauthenticated',
    vendorCode: 'invalid_request',
    message: expect.stringContaining('AADSTS90014: client_secret=… is wrong'),
  });
});

test('Web Chat and Direct Line tell of typing, Teams does not', () => {
  const { capabilitiesOf } = teams({ accessToken: 'token' });
  const inbound = ['msteams', 'webchat', 'directline'].map(
    (channelId) => capabilitiesOf?.({ conversationId: 'a', channelId }).inbound,
  );
  expect(inbound).toEqual([false, true, true]);
});

test.for<[what: string, options: object, reason: string]>([
  ['no credential', {}, 'either appPassword or accessToken'],
  ['two', { ...app, accessToken: 'token' }, 'either appPassword or accessToken'],
  ['a secret without an app', { appPassword: 'secret' }, 'appId'],
  ['a host with a path', { accessToken: 'token', serviceHosts: ['https://x'] }, 'serviceHosts'],
])('refuses %s', ([, options, reason]) => {
  // What JavaScript may pass.
  expect(() => teams(options as TeamsOptions)).toThrow(reason);
});

test.for<[vendorCode: string, code: string]>([
  ['BotNotInConversationRoster', 'left'],
  ['ConversationBlockedByUser', 'opted-out'],
  ['BotDisabledByAdmin', 'account'],
])('a diagnosis makes %s of what the connector says', async ([vendorCode, code]) => {
  nock(connector)
    .get('/emea/v3/conversations/a%3A1/members')
    .reply(403, { error: { code: vendorCode, message: 'No.' } });
  const diagnosis = await teams({ accessToken: 'token' }).diagnose?.(
    { conversationId: 'a:1', serviceUrl },
    {},
  );
  expect(diagnosis).toMatchObject({ willShow: 'no', reasons: [{ code }] });
});

test.for<[what: string, more: Partial<TeamsTarget>, code: string]>([
  ['a channel of a team shows nothing', { conversationType: 'channel' }, 'group'],
  ['nobody can say who holds a WebSocket', { channelId: 'webchat' }, 'unverified'],
])('a diagnosis says that %s', async ([, more, code]) => {
  nock(connector).get('/emea/v3/conversations/a%3A1/members').reply(200, []);
  const target = { conversationId: 'a:1', serviceUrl, ...more };
  const diagnosis = await teams({ accessToken: 'token' }).diagnose?.(target, {});
  expect(diagnosis?.reasons.map((reason) => reason.code)).toEqual([code]);
});
