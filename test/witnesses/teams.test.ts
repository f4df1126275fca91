import { teams, teamsAddress, type TeamsTarget } from '@typingkit/teams';
import { describe, expect, test } from 'vitest';
import { beganAtMs, failureOf, loadClients, stageFor, startsAt, type Witness } from './witness.ts';

/** Two of them leave the id as it is, which Microsoft takes, too. */
const encodesIds = {
  '@chat-adapter/teams': true,
  'botframework-connector': true,
  '@microsoft/agents-hosting': false,
  '@microsoft/teams.api': false,
} as const;
const names = Object.keys(encodesIds);

const stage = stageFor<TeamsTarget>('teams');

async function witness(name: string, apiKey?: string): Promise<Witness<TeamsTarget>> {
  return stage.witness(name, apiKey ?? (await tokenOf(stage.simulator.teams.environment)));
}

/** A token as the simulated endpoint gives it. */
async function tokenOf(environment: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(environment['TEAMS_TOKEN_URL'] ?? '', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: environment['TEAMS_APP_ID'] ?? '',
      client_secret: environment['TEAMS_APP_PASSWORD'] ?? '',
      scope: 'https://api.botframework.com/.default',
    }),
  });
  return String(Object(await response.json()).access_token);
}

function ourStart(target: TeamsTarget): Promise<unknown> {
  const { environment, baseUrl } = stage.simulator.teams;
  const provider = teams({
    appId: environment['TEAMS_APP_ID'] ?? '',
    appPassword: environment['TEAMS_APP_PASSWORD'] ?? '',
    tokenUrl: environment['TEAMS_TOKEN_URL'],
    baseUrl,
  });
  return provider.start(target, {});
}

describe.each(names)('%s on the simulated connector', (name) => {
  test.for(['personal', 'groupChat'] as const)(
    'is seen typing in a %s conversation, and sends what our adapter sends',
    async (conversationType) => {
      const { id, target } = stage.simulator.teams.createConversation({ conversationType });
      await (await witness(name)).start(target);
      stage.passes(60_000);
      expect(stage.simulator.recipientView(id)).toEqual([
        { fromMs: beganAtMs, toMs: beganAtMs + 5_000, endedBy: 'expired' },
      ]);
      await ourStart(target);
      const [theirs, ours] = startsAt(stage.simulator, 'teams');
      const path = ours?.path ?? '';
      const isEncoded = new Map(Object.entries(encodesIds)).get(name) === true;
      expect(theirs).toEqual({ ...ours, path: isEncoded ? path : decodeURIComponent(path) });
    },
  );

  test('is told nothing, and seen by nobody, in the channel of a team', async () => {
    const { id, target } = stage.simulator.teams.createConversation({
      conversationType: 'channel',
    });
    await (await witness(name)).start(target);
    expect(stage.simulator.recipientView(id)).toEqual([]);
    await expect(ourStart(target)).rejects.toMatchObject({ code: 'unsupported' });
  });
});

test('the Chat SDK asks for its token as our adapter does', async () => {
  const { target } = stage.simulator.teams.createConversation();
  await (await witness('@chat-adapter/teams', 'none')).start(target);
  await ourStart(target);
  const [theirs, ours] = stage.simulator
    .requests({ vendor: 'teams' })
    .filter(({ path }) => path.endsWith('/token'))
    .map(({ method, path, headers, body }) => ({
      method,
      path,
      contentType: headers['content-type'],
      fields: Object.fromEntries(new URLSearchParams(body)),
    }));
  expect(theirs).toEqual(ours);
});

test('an activity is read as Microsoft’s SDK hands it on, and as it came', async () => {
  const { activityOfTheSdk } = await loadClients<{ activityOfTheSdk(activity: object): object }>(
    'teams',
  );
  const { id, target } = stage.simulator.teams.createConversation({ channelId: 'directline' });
  const { targetsIn, inboundIn } = teamsAddress();
  const message = stage.simulator.teams.receiveMessage(id);
  const typing = stage.simulator.teams.receiveTyping(id) ?? {};
  const { conversationType: _, ...found } = target;
  expect(targetsIn?.(activityOfTheSdk(message))).toEqual([found]);
  expect(targetsIn?.(message)).toEqual([found]);
  expect(inboundIn?.(typing)).toMatchObject([{ state: 'started', target: found }]);
  expect(inboundIn?.(activityOfTheSdk(typing))).toEqual(inboundIn?.(typing));
});

describe('the errors of the simulated connector, as each reads them', () => {
  test.for([
    ['@chat-adapter/teams', { class: 'TeamsApiError', status: 403 }],
    [
      'botframework-connector',
      { class: 'RestError', statusCode: 403, code: 'ConversationBlockedByUser' },
    ],
    ['@microsoft/agents-hosting', { class: 'HttpError', status: 403 }],
    ['@microsoft/teams.api', { class: 'AxiosError', status: 403 }],
  ] as const)('%s: the person has blocked the bot', async ([name, expected]) => {
    const { target } = stage.simulator.teams.createConversation({ bot: 'blocked' });
    const start = (await witness(name)).start(target);
    expect(await failureOf(start)).toMatchObject(expected);
  });

  test.for([
    ['@chat-adapter/teams', { class: 'TeamsApiError', status: 429 }],
    // It asks four times, and waits each time for as long as it is told.
    ['botframework-connector', { class: 'RestError', statusCode: 429, code: 'Throttled' }],
    [
      '@microsoft/agents-hosting',
      { class: 'HttpError', status: 429, message: expect.stringContaining('"Throttled"') },
    ],
    ['@microsoft/teams.api', { class: 'AxiosError', status: 429 }],
  ] as const)('%s: too many requests', async ([name, expected]) => {
    const { id, target } = stage.simulator.teams.createConversation();
    stage.simulator.faults.add({
      kind: 'failure',
      vendor: 'teams',
      conversation: id,
      failure: 'rate-limited',
      retryAfterSeconds: 0,
      times: 'forever',
    });
    const start = (await witness(name)).start(target);
    expect(await failureOf(start)).toMatchObject(expected);
  });

  test.for([
    ['botframework-connector', { class: 'RestError', statusCode: 401 }],
    ['@microsoft/agents-hosting', { class: 'HttpError', status: 401 }],
    ['@microsoft/teams.api', { class: 'AxiosError', status: 401 }],
  ] as const)('%s: the token is another', async ([name, expected]) => {
    const { target } = stage.simulator.teams.createConversation();
    const start = (await witness(name, 'another')).start(target);
    expect(await failureOf(start)).toMatchObject(expected);
  });

  test('@chat-adapter/teams: the secret is another', async () => {
    const { target } = stage.simulator.teams.createConversation();
    const client = await witness('@chat-adapter/teams');
    stage.simulator.teams.configure({ apiKeys: ['another'] });
    expect(await failureOf(client.start(target))).toMatchObject({ status: 401 });
  });
});
