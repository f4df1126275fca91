import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator } from '../src/index.ts';
import type { SlackThreadOptions } from '../src/vendors/slack/threads.ts';
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

function ask(method: string, fields: object, token = simulator.slack.apiKey): Promise<Answer> {
  return call(`${simulator.slack.baseUrl}/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
}

const place = ({
  channelId,
  threadTs,
}: {
  channelId: string;
  threadTs: string | null;
}): object => ({
  channel_id: channelId,
  ...(threadTs === null ? {} : { thread_ts: threadTs }),
});

function says(thread: Parameters<typeof place>[0], status = 'is typing…'): Promise<Answer> {
  return ask('assistant.threads.setStatus', { ...place(thread), status });
}

function sets(thread: Parameters<typeof place>[0], status: string): Promise<Answer> {
  return ask('agents.sessions.setStatus', { ...place(thread), status });
}

const ok = { status: 200, json: { ok: true } };
const refusal = (error: string, more: object = {}): object => ({
  status: 200,
  json: { ok: false, error, ...more },
});

describe('assistant.threads.setStatus of Slack', () => {
  it('shows the text for two minutes, and what another one says at once', async () => {
    const thread = simulator.slack.createConversation();
    expect(await says(thread)).toMatchObject(ok);
    nowMs += 90_000;
    await says(thread);
    nowMs += 90_000;
    await says(thread, 'is reading');
    nowMs += 600_000;
    expect(simulator.recipientView(thread.id)).toEqual([
      { fromMs: START, toMs: START + 180_000, endedBy: 'replaced', shows: 'is typing…' },
      {
        fromMs: START + 180_000,
        toMs: START + 300_000,
        endedBy: 'expired',
        shows: 'is reading',
      },
    ]);
  });

  it('takes a form with a list in JSON and a token, below a base URL that ends with /api/', async () => {
    const { id, channelId, threadTs } = simulator.slack.createConversation();
    const body = new URLSearchParams({
      token: simulator.slack.apiKey,
      channel_id: channelId,
      thread_ts: threadTs ?? '',
      status: 'thinks',
      loading_messages: '["a","b"]',
    });
    const url = `${simulator.slack.baseUrl}/api/assistant.threads.setStatus`;
    expect(await call(url, { method: 'POST', body })).toMatchObject(ok);
    expect(simulator.recipientView(id)).toMatchObject([{ shows: 'a · b' }]);
    expect(JSON.stringify(simulator.requests())).not.toContain(simulator.slack.apiKey);
  });

  it('ends with an empty text, and with a message in the same thread', async () => {
    const thread = simulator.slack.createConversation();
    const other = simulator.slack.createConversation({ channelId: thread.channelId });
    await says(thread);
    await says(other);
    nowMs += 1000;
    const message = { channel: thread.channelId, thread_ts: thread.threadTs, text: 'Hi' };
    expect(await ask('chat.postMessage', message)).toMatchObject(ok);
    await says(other, '');
    expect(simulator.recipientView(thread.id)).toMatchObject([{ endedBy: 'message' }]);
    expect(simulator.recipientView(other.id)).toMatchObject([{ endedBy: 'stopped' }]);
    expect(simulator.requests().map(({ intent }) => intent)).toEqual([
      'start',
      'start',
      'message',
      'stop',
    ]);
  });

  it.each<[string, SlackThreadOptions, string]>([
    ['that began with a message that is gone', { root: 'deleted' }, 'invalid_thread_ts'],
    ['in a channel without the bot', { bot: 'outside' }, 'channel_not_found'],
    ['in a session channel', { type: 'session' }, 'method_not_supported_for_channel_type'],
  ])('refuses a thread %s', async (_title, options, error) => {
    const thread = simulator.slack.createConversation(options);
    expect(await says(thread)).toMatchObject(refusal(error));
    expect(simulator.recipientView(thread.id)).toEqual([]);
  });

  it.each<[object, object]>([
    [{ channel_id: 'C0000000000', thread_ts: '1', status: 'x' }, refusal('channel_not_found')],
    [{ status: undefined }, refusal('invalid_arguments')],
    [{ thread_ts: undefined }, refusal('invalid_arguments')],
    [{ thread_ts: '1724264405.531769' }, refusal('invalid_thread_ts')],
    [{ loading_messages: 'a' }, refusal('invalid_arguments')],
    [{ loading_messages: Array(11).fill('a') }, refusal('invalid_arguments')],
  ])('refuses %j', async (fields, expected) => {
    const thread = simulator.slack.createConversation();
    const all = { ...place(thread), status: 'x', ...fields };
    expect(await ask('assistant.threads.setStatus', all)).toMatchObject(expected);
  });

  it('wants a token, a method and a scope', async () => {
    const thread = simulator.slack.createConversation();
    const { baseUrl } = simulator.slack;
    expect(await call(`${baseUrl}/auth.test`)).toMatchObject(refusal('not_authed'));
    expect(await ask('auth.test', {}, 'xoxb-another')).toMatchObject(refusal('invalid_auth'));
    expect(await ask('chat.dance', {})).toMatchObject(refusal('unknown_method'));
    simulator.slack.configure({ scopes: ['channels:read'] });
    expect(await says(thread)).toMatchObject(
      refusal('missing_scope', { needed: 'chat:write', provided: 'channels:read' }),
    );
  });

  it('goes when Slack retires texts', async () => {
    simulator.slack.configure({ takesTexts: false });
    const thread = simulator.slack.createConversation();
    expect(await says(thread)).toMatchObject(refusal('method_deprecated'));
  });

  it('counts all threads together where there is a limit', async () => {
    simulator.slack.configure({ rateLimit: { requests: 1, perMs: 60_000 } });
    await says(simulator.slack.createConversation());
    const limited = await says(simulator.slack.createConversation());
    expect(limited).toMatchObject({ status: 429, json: { ok: false, error: 'ratelimited' } });
    expect(limited.headers.get('retry-after')).toBe('60');
  });

  it('answers each documented failure on demand', async () => {
    const thread = simulator.slack.createConversation();
    for (const failure of simulator.slack.failures) {
      simulator.faults.add({ kind: 'failure', vendor: 'slack', failure });
      const { status, json } = await says(thread);
      expect(status === 503 ? { ok: false } : json).toMatchObject({ ok: false });
    }
    expect(simulator.recipientView(thread.id)).toEqual([]);
  });
});

describe('agents.sessions.setStatus of Slack', () => {
  it('shows "Working…" for an hour beside the text, whatever the bot says, until it is active', async () => {
    const thread = simulator.slack.createConversation();
    expect(await sets(thread, 'processing')).toMatchObject({
      status: 200,
      json: { ok: true, status: 'processing', agent_status: 'processing' },
    });
    nowMs += 1000;
    await ask('chat.postMessage', {
      channel: thread.channelId,
      thread_ts: thread.threadTs,
      text: 'Hi',
    });
    nowMs += 1000;
    expect(await sets(thread, 'active')).toMatchObject({ json: { agent_status: 'active' } });
    await sets(thread, 'processing');
    nowMs += 7_200_000;
    expect(simulator.recipientView(thread.sessionId)).toEqual([
      { fromMs: START, toMs: START + 2000, endedBy: 'stopped', shows: 'Working…' },
      { fromMs: START + 2000, toMs: START + 3_602_000, endedBy: 'expired', shows: 'Working…' },
    ]);
    expect(simulator.recipientView(thread.id)).toEqual([]);
  });

  it('takes any text, and does nothing for it', async () => {
    const thread = simulator.slack.createConversation();
    expect(await sets(thread, 'is typing…')).toMatchObject(ok);
    expect(simulator.recipientView(thread.sessionId)).toEqual([]);
  });

  it('has no thread in a session channel', async () => {
    const session = simulator.slack.createConversation({ type: 'session' });
    expect(session.target).toMatchObject({ threadTs: null });
    await sets(session, 'processing');
    expect(simulator.recipientView(session.sessionId)).toHaveLength(1);
    expect(simulator.slack.receiveMessage(session.id)).toBeNull();
  });

  it('refuses an app that is no agent, and warns one that does not hear the stop button', async () => {
    const thread = simulator.slack.createConversation();
    simulator.slack.configure({ hearsStop: false });
    expect(await sets(thread, 'processing')).toMatchObject({
      json: { ok: true, warning: 'missing_agent_session_stopped_event_subscription' },
    });
    simulator.slack.configure({ isAgent: false });
    expect(await sets(thread, 'active')).toMatchObject(refusal('feature_disabled'));
  });
});

describe('What Slack tells of a thread', () => {
  it('is a mention that begins it, and then one in it; a message in a direct one', () => {
    const { slack } = simulator;
    const { id, channelId: channel, threadTs } = slack.createConversation();
    expect(slack.receiveMessage(id, 'Hello')).toMatchObject({
      type: 'event_callback',
      team_id: 'T0123456789',
      event: { type: 'app_mention', channel, ts: threadTs, text: 'Hello' },
    });
    expect(slack.receiveMessage(id)).toMatchObject({ event: { thread_ts: threadTs } });
    const direct = slack.createConversation({ type: 'direct' });
    expect(direct.channelId).toMatch(/^D/);
    expect(slack.receiveMessage(direct.id)).toMatchObject({
      event: { type: 'message', channel_type: 'im' },
    });
  });

  it('is the press of the stop button, which leaves the state as it is', async () => {
    const thread = simulator.slack.createConversation();
    await sets(thread, 'processing');
    expect(simulator.slack.pressStop(thread.id)).toMatchObject({
      event: {
        type: 'agent_session_stopped',
        channel: thread.channelId,
        thread_ts: thread.threadTs,
      },
    });
    expect(simulator.recipientView(thread.sessionId)).toMatchObject([{ endedBy: null }]);
  });

  it('is what its questions say, with the scopes in a header', async () => {
    const { id, channelId: channel, threadTs: ts } = simulator.slack.createConversation();
    const who = await ask('auth.test', {});
    expect(who).toMatchObject({ json: { ok: true, team_id: 'T0123456789' } });
    expect(who.headers.get('x-oauth-scopes')).toContain('chat:write');
    expect(await ask('conversations.info', { channel })).toMatchObject({
      json: { channel: { id: channel, is_member: true, is_archived: false } },
    });
    expect(await ask('conversations.replies', { channel, ts })).toMatchObject({
      json: { messages: [{ ts }] },
    });
    simulator.slack.changeConversation(id, { root: 'deleted', isArchived: true });
    expect(await ask('conversations.replies', { channel, ts })).toMatchObject(
      refusal('thread_not_found'),
    );
    const message = { channel, thread_ts: ts, text: 'Hi' };
    expect(await ask('chat.postMessage', message)).toMatchObject(refusal('is_archived'));
  });
});

it('knows the request with which a bot of Slack sends its message', async () => {
  const { id } = simulator.slack.createConversation();
  const { url, ...init } = simulator.slack.messageRequest(id, 'Done');
  expect(await call(url, init)).toMatchObject(ok);
  expect(simulator.history(id)).toMatchObject([{ kind: 'message' }]);
});
