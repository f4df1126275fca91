import { describe, expect } from 'vitest';
import { createBot } from '../src/agents-sdk.ts';
import { patience, reply, type Stage, test, thinkMs } from './stage.ts';

/**
 * A bot that the Bot Connector calls. Without the id of an app Microsoft's SDK neither asks who calls nor gets a token: it
 * does both at addresses that nobody can change. So the token is added on the way, and activities are deleted there.
 */
async function open(stage: Stage, conversationType: 'personal' | 'channel') {
  const { teams } = stage.simulator;
  const { TEAMS_TOKEN_URL = '', TEAMS_APP_ID = '' } = teams.environment;
  const answer = await fetch(TEAMS_TOKEN_URL, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: TEAMS_APP_ID,
      client_secret: teams.apiKey,
      scope: 'https://api.botframework.com/.default',
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const deleted: string[] = [];
  const serviceUrl = await stage.forward(
    teams.baseUrl,
    ({ method, url = '' }) => {
      if (method !== 'DELETE') return undefined;
      deleted.push(url);
      return {};
    },
    `Bearer ${token}`,
  );
  stage.setEnvironment({ TEAMS_SERVICE_HOSTS: new URL(serviceUrl).host });
  const url = await stage.listen(createBot(stage.think));
  const { id } = teams.createConversation({ conversationType });
  const { status } = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...teams.receiveMessage(id, 'Where is my order?'), serviceUrl }),
  });
  return { id, status, deleted };
}

describe('a bot in Teams with the Agents SDK', () => {
  test('answers the activity at once, and types until its reply', async ({ stage }) => {
    const { id, status } = await open(stage, 'personal');
    expect(status).toBe(200);
    expect(await stage.messages(id)).toEqual([thinkMs]);
    expect(stage.asked).toEqual(['Where is my order?']);
    await stage.pass(6_000);
    expect(stage.seen(id)).toEqual([{ fromMs: 0, toMs: thinkMs, endedBy: 'message' }]);
  });

  test('shows a message until its reply where Teams shows no typing', async ({ stage }) => {
    const { id, deleted } = await open(stage, 'channel');
    expect(await stage.messages(id, 2)).toEqual([0, thinkMs]);
    const sent = stage.simulator.requests({ vendor: 'teams', conversation: id });
    expect(sent.map(({ body }) => (JSON.parse(body) as { text?: string }).text)).toEqual([
      'One moment…',
      reply,
    ]);
    await expect.poll(() => deleted, patience).toHaveLength(1);
    expect(stage.seen(id)).toEqual([]);
  });
});
