import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator } from '../src/index.ts';
import type {
  TeamsConversation,
  TeamsConversationOptions,
} from '../src/vendors/teams/conversations.ts';
import { call } from './vendor-calls.ts';
import type { Answer } from './vendor-calls.ts';

const START = Date.UTC(2026, 10, 20, 12);
let simulator: Simulator;
let nowMs: number;

beforeEach(async () => {
  nowMs = START;
  simulator = await startSimulator({ now: () => nowMs });
});
afterEach(async () => {
  await simulator.close();
});

function asksForToken(fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { environment } = simulator.teams;
  return call(environment['TEAMS_TOKEN_URL'] ?? '', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: environment['TEAMS_APP_ID'] ?? '',
      client_secret: environment['TEAMS_APP_PASSWORD'] ?? '',
      scope: 'https://api.botframework.com/.default',
      ...fields,
    }),
  });
}

async function token(): Promise<string> {
  const { json } = await asksForToken();
  return String(Object(json).access_token);
}

async function sends(
  { target }: Pick<TeamsConversation, 'target'>,
  activity: object = { type: 'typing' },
  bearer?: string,
): Promise<Answer> {
  const id = encodeURIComponent(target.conversationId);
  return call(`${target.serviceUrl}v3/conversations/${id}/activities`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${bearer ?? (await token())}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(activity),
  });
}

function refusal(status: number, code: string): object {
  return { status, json: { error: { code, message: expect.any(String) } } };
}

describe('the token endpoint', () => {
  it('gives a token for an hour', async () => {
    expect(await asksForToken()).toMatchObject({
      status: 200,
      json: { token_type: 'Bearer', expires_in: 3600, access_token: expect.stringMatching(/^eyJ/) },
    });
  });

  it.each<[object, number, string]>([
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_id: 'somebody' }, 400, 'unauthorized_client'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ scope: 'https://graph.microsoft.com/.default' }, 400, 'invalid_scope'],
  ])('refuses %j', async (fields, status, error) => {
    expect(await asksForToken({ ...fields })).toMatchObject({
      status,
      json: { error, error_description: expect.stringMatching(/^AADSTS\d+: /) },
    });
  });

  it.each(['expired', 'revoked', 'unknown'] as const)(
    'gave no token that is good once it is %s',
    async (what) => {
      const conversation = simulator.teams.createConversation();
      const good = await token();
      expect(await sends(conversation, undefined, good)).toMatchObject({ status: 202 });
      if (what === 'expired') nowMs += 3_600_000;
      if (what === 'revoked') simulator.teams.revokeTokens();
      const bad = what === 'unknown' ? 'eyJ' : good;
      expect(await sends(conversation, undefined, bad)).toMatchObject({
        status: 401,
        json: { message: 'Authorization has been denied for this request.' },
      });
    },
  );
});

describe('a typing activity', () => {
  it('shows for 5 seconds, and a second one for longer', async () => {
    const conversation = simulator.teams.createConversation();
    const answer = await sends(conversation);
    expect(answer).toMatchObject({ status: 202, text: '' });
    expect(answer.headers.get('x-correlating-operationid')).toMatch(/^[\da-f-]{36}$/);
    nowMs += 4000;
    await sends(conversation);
    nowMs += 60_000;
    expect(simulator.recipientView(conversation.id)).toEqual([
      { fromMs: START, toMs: START + 9000, endedBy: 'expired' },
    ]);
  });

  it('shows for as long as the settings say', async () => {
    simulator.teams.configure({ lifetimeMs: 3000 });
    const conversation = simulator.teams.createConversation();
    await sends(conversation);
    nowMs += 60_000;
    expect(simulator.recipientView(conversation.id)).toMatchObject([{ toMs: START + 3000 }]);
  });

  it('ends with a message of the bot', async () => {
    const conversation = simulator.teams.createConversation();
    await sends(conversation);
    nowMs += 1000;
    const message = { type: 'message', text: 'Hi' };
    expect(await sends(conversation, message)).toMatchObject({
      status: 201,
      json: { id: expect.any(String) },
    });
    expect(simulator.recipientView(conversation.id)).toMatchObject([{ endedBy: 'message' }]);
    expect(simulator.requests().map(({ intent }) => intent)).toEqual([
      null,
      'start',
      null,
      'message',
    ]);
  });

  it('is taken with an id that is not encoded, as an answer to an activity, and without a region', async () => {
    const { id, target } = simulator.teams.createConversation({ conversationType: 'groupChat' });
    const init = {
      method: 'POST',
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'typing' }),
    };
    const { baseUrl } = simulator.teams;
    for (const url of [
      `${target.serviceUrl}v3/conversations/${id}/activities`,
      `${target.serviceUrl}v3/conversations/${id}/activities/1485983408511`,
      `${baseUrl}/v3/conversations/${encodeURIComponent(id)}/activities`,
    ]) {
      expect(await call(url, init)).toMatchObject({ status: 202 });
    }
    expect(simulator.history(id)).toHaveLength(3);
  });

  it.each<[TeamsConversationOptions, string | null]>([
    [{ conversationType: 'channel' }, 'team-channel'],
    [{ channelId: 'webchat', client: 'polling' }, 'client-polls'],
    [{ conversationType: 'groupChat' }, null],
    [{ channelId: 'directline' }, null],
  ])('in %j stays dark because of %s', async (options, reason) => {
    const conversation = simulator.teams.createConversation(options);
    await sends(conversation);
    const { id } = conversation;
    expect(simulator.history(id)).toMatchObject([{ kind: 'start', hiddenBecause: reason }]);
    expect(simulator.recipientView(id)).toHaveLength(reason === null ? 1 : 0);
    expect([null, ...Object.keys(simulator.teams.silences)]).toContain(reason);
  });

  it.each<[TeamsConversationOptions['bot'], object]>([
    ['removed', refusal(403, 'BotNotInConversationRoster')],
    ['blocked', refusal(403, 'ConversationBlockedByUser')],
    ['disabled', refusal(403, 'BotDisabledByAdmin')],
    ['no-permission', refusal(403, 'NotEnoughPermissions')],
    ['writes-blocked', refusal(403, 'MessageWritesBlocked')],
  ])('is refused where the bot is %s', async (bot, expected) => {
    const conversation = simulator.teams.createConversation();
    simulator.teams.changeConversation(conversation.id, { bot });
    expect(await sends(conversation)).toMatchObject(expected);
    expect(simulator.recipientView(conversation.id)).toEqual([]);
  });

  it('is refused in a conversation that does not exist, and with another type', async () => {
    const conversation = simulator.teams.createConversation();
    const { serviceUrl } = conversation.target;
    const elsewhere = { target: { ...conversation.target, conversationId: 'a:1', serviceUrl } };
    expect(await sends(elsewhere)).toMatchObject(refusal(404, 'ConversationNotFound'));
    expect(await sends(conversation, { type: 'dance' })).toMatchObject(refusal(400, 'BadArgument'));
    expect(await sends(conversation, {})).toMatchObject(refusal(400, 'BadArgument'));
  });

  it('counts for its conversation where there is a limit', async () => {
    simulator.teams.configure({ rateLimit: { requests: 1, perMs: 7000 } });
    const [one, other] = [0, 1].map(() => simulator.teams.createConversation());
    if (!one || !other) throw new Error('there are two');
    await sends(one);
    const limited = await sends(one);
    expect(limited).toMatchObject(refusal(429, 'Throttled'));
    expect(limited.headers.get('retry-after')).toBe('7');
    expect(await sends(other)).toMatchObject({ status: 202 });
  });

  it('meets each documented failure on demand', async () => {
    const conversation = simulator.teams.createConversation();
    const bearer = await token();
    for (const failure of simulator.teams.failures) {
      simulator.faults.add({ kind: 'failure', vendor: 'teams', failure });
      const { status, json } = await sends(conversation, undefined, bearer);
      expect({ failure, status }).toMatchObject({ status: expect.toSatisfy((is) => is >= 400) });
      expect(json).toBeTypeOf('object');
    }
    expect(simulator.recipientView(conversation.id)).toEqual([]);
  });
});

describe('what the bot gets', () => {
  it('is an activity for each message', () => {
    const { teams } = simulator;
    const { id, target } = teams.createConversation({ conversationType: 'channel' });
    expect(teams.receiveMessage(id, 'Hello')).toMatchObject({
      type: 'message',
      channelId: 'msteams',
      serviceUrl: target.serviceUrl,
      conversation: { id, conversationType: 'channel', isGroup: true },
      text: 'Hello',
    });
    expect(id).toContain(';messageid=');
  });

  it('tells of typing in Web Chat and Direct Line, not in Teams', () => {
    const { teams } = simulator;
    const here = teams.createConversation();
    const there = teams.createConversation({ channelId: 'directline' });
    expect(teams.receiveTyping(here.id)).toBeNull();
    expect(teams.receiveTyping(there.id)).toMatchObject({
      type: 'typing',
      channelId: 'directline',
      conversation: { id: there.id },
    });
  });

  it('is who is there, when it asks', async () => {
    const { target } = simulator.teams.createConversation({ id: 'a:1' });
    const headers = { authorization: `Bearer ${await token()}` };
    const base = `${target.serviceUrl}v3/conversations/a%3A1`;
    expect(await call(`${base}/members`, { headers })).toMatchObject({ json: [{ name: 'Ada' }] });
    expect(await call(`${base}/pagedmembers?pageSize=1`, { headers })).toMatchObject({
      json: { members: [{ name: 'Ada' }] },
    });
    expect(await call(`${base}/activities`, { headers })).toMatchObject({ status: 405 });
  });
});

describe('a bot', () => {
  it('sends its message with the request that the simulator knows', async () => {
    const { teams } = simulator;
    const { id } = teams.createConversation({ conversationType: 'groupChat' });
    const { url, ...init } = teams.messageRequest(id, 'Done');
    expect(await call(url, init)).toMatchObject({ status: 201 });
    expect(simulator.history(id)).toMatchObject([{ kind: 'message' }]);
  });

  it('leaves neither its secret nor its token in the log', async () => {
    const conversation = simulator.teams.createConversation();
    const bearer = await token();
    await sends(conversation, undefined, bearer);
    const log = JSON.stringify(simulator.requests());
    // In a form the ~ of the secret is encoded.
    expect(simulator.teams.apiKey).toContain('simulator-secret');
    expect(log).not.toContain('simulator-secret');
    expect(log).not.toContain(bearer);
    expect(simulator.requests({ vendor: 'teams', conversation: conversation.id })).toMatchObject([
      { intent: 'start', status: 202 },
    ]);
  });
});
