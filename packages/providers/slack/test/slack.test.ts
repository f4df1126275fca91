import { createTyping } from '@typingkit/core';
import type { FetchFunction } from '@typingkit/core/http';
import { describe, expect, test } from 'vitest';
import { slack, slackAddress, type SlackOptions, type SlackTarget } from '../src/index.ts';

const botToken = 'xoxb-a-token';
const channelId = 'C0123456789';
const threadTs = '1724264405.531769';
const target: SlackTarget = { channelId, threadTs };
const place = 'channel_id=C0123456789&thread_ts=1724264405.531769';
const [text, state] = ['assistant.threads.setStatus', 'agents.sessions.setStatus'];

/** Slack, as a transport: what it heard, as `method body`, and with which tokens. */
function openSlack(answers: Readonly<Record<string, object>> = {}, scopes = 'chat:write') {
  const [requests, tokens]: [string[], (string | null)[]] = [[], []];
  const fetch: FetchFunction = async (request) => {
    const [body, method] = [await request.text(), request.url.split('/').at(-1) ?? ''];
    requests.push(`${method} ${body}`);
    tokens.push(request.headers.get('authorization'));
    const status = new URLSearchParams(body).get('status');
    const headers = { 'x-oauth-scopes': scopes };
    return Response.json({ ok: true, agent_status: status, ...answers[method] }, { headers });
  };
  return { requests, tokens, fetch };
}

describe('what goes over the wire', () => {
  test.for<
    [what: string, options: Partial<SlackOptions>, status: string | undefined, body: string]
  >([
    ['a text', {}, undefined, 'status=is+typing%E2%80%A6'],
    ['a text of one’s own', { status: 'is thinking' }, undefined, 'status=is+thinking'],
    ['what the work is doing now', {}, 'is reading', 'status=is+reading'],
    ['nothing to say, which is no stop', {}, ' ', 'status=is+typing%E2%80%A6'],
    [
      'messages in turn',
      { status: 'thinks', loadingMessages: ['Hm', 'Hm?'] },
      undefined,
      'status=thinks&loading_messages=%5B%22Hm%22%2C%22Hm%3F%22%5D',
    ],
    [
      'what the work is doing now, in place of messages in turn',
      { loadingMessages: ['Hm', 'Hm?'] },
      'reads',
      'status=reads&loading_messages=%5B%22reads%22%5D',
    ],
  ])('%s, the same each time', async ([, options, status, body]) => {
    const { requests, fetch } = openSlack();
    const provider = slack({ botToken, fetch, ...options });
    await provider.start(target, { status });
    await provider.start(target, { status });
    expect(requests).toEqual(Array(2).fill(`${text} ${place}&${body}`));
  });

  test('the token of the workspace', async () => {
    const { tokens, fetch } = openSlack();
    const provider = slack({ botToken: ({ teamId = '' }) => `xoxb-${teamId}`, fetch });
    await provider.start({ ...target, teamId: 'T01' }, {});
    expect(tokens).toEqual(['Bearer xoxb-T01']);
  });
});

describe('with sessions', () => {
  test('a start is the text and the state, and a stop takes the state away first', async () => {
    const { requests, fetch } = openSlack();
    const provider = slack({ botToken, sessions: true, fetch });
    expect(await provider.start(target, { status: 'is reading' })).toEqual({});
    await provider.stop?.(target, {});
    expect(requests).toEqual([
      `${text} ${place}&status=is+reading`,
      `${state} ${place}&status=processing`,
      `${state} ${place}&status=active`,
      `${text} ${place}&status=`,
    ]);
  });

  test('the state does not wait for texts, which Slack will retire', async () => {
    const { requests, fetch } = openSlack({ [text]: { ok: false, error: 'method_deprecated' } });
    const provider = slack({ botToken, sessions: true, fetch });
    const receipt = await provider.start(target, { status: 'is reading' });
    expect(receipt).toEqual({ notShown: ['status'] });
    expect(await provider.start(target, {})).toEqual({});
    await provider.stop?.(target, {});
    expect(requests).toHaveLength(6);
  });

  test('a text that failed ends the start, before there is a state that lasts an hour', async () => {
    const { requests, fetch } = openSlack({ [text]: { ok: false, error: 'invalid_auth' } });
    const start = slack({ botToken, sessions: true, fetch }).start(target, {});
    await expect(start).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(requests).toHaveLength(1);
  });

  test('a state alone lasts an hour, whatever the bot says, and has no text', () => {
    const { capabilitiesOf } = slackAddress({ sessions: true });
    expect(capabilitiesOf?.({ channelId, threadTs: null })).toMatchObject({
      ttl: { ms: 3_600_000 },
      clearsOnMessage: false,
      status: false,
    });
  });

  test('a message leaves the state, so that the end is a stop', async () => {
    const { requests, fetch } = openSlack();
    const provider = slack({ botToken, sessions: true, fetch });
    await using typing = createTyping({ channels: { slack: provider } });
    await typing.with('slack', target, async (session) => {
      await expect.poll(() => requests.length).toBe(2);
      session.messageSent();
    });
    await expect.poll(() => requests.at(-1)).toBe(`${text} ${place}&status=`);
    expect(requests.at(-2)).toBe(`${state} ${place}&status=active`);
  });

  test('the stop button aborts the signal of the session', async () => {
    const { fetch } = openSlack();
    const provider = slack({ botToken, sessions: true, fetch });
    await using typing = createTyping({ channels: { slack: provider } });
    const session = typing.keep('slack', target);
    const event = {
      type: 'agent_session_stopped',
      channel: channelId,
      thread_ts: threadTs,
      event_ts: '1724264406.000000',
    };
    const body = { type: 'event_callback', event_id: 'Ev1', event };
    for (const inbound of typing.inboundIn('slack', body)) typing.receive(inbound);
    expect(session.signal.aborted).toBe(true);
  });
});

test('a bubble is the thread’s, a credential is the app’s in a workspace', () => {
  const { conversationKey, credentialKey } = slack({ botToken });
  const targets = [target, { ...target, threadTs: '1724264405.531770' }];
  expect(new Set(targets.map(conversationKey)).size).toBe(2);
  expect(credentialKey?.(target)).toBeUndefined();
  expect(credentialKey?.({ ...target, teamId: 'T01' })).toBe('T01');
  const named = slack({ botToken, appId: 'A01' });
  expect(named.credentialKey?.({ ...target, teamId: 'T01' })).toBe('A01 T01');
});

test.for<[options: object, says: RegExp]>([
  [{ status: ' ' }, /status must be a text/],
  [{ loadingMessages: [] }, /loadingMessages must be 1 to 10 texts/],
  [{ loadingMessages: Array(11).fill('Hm') }, /loadingMessages must be 1 to 10 texts/],
  [{ appId: 'T01' }, /appId must be the id of an app/],
])('refuses the options %j', ([options, says]) => {
  expect(() => slack({ botToken, ...options })).toThrow(says);
});

describe('a diagnosis', () => {
  const [info, replies] = ['conversations.info', 'conversations.replies'];
  const noScope = { ok: false, error: 'missing_scope', needed: 'channels:history' };

  test.for<[what: string, answers: Record<string, object>, scopes: string, codes: string[]]>([
    ['all is well', {}, 'chat:write,im:history', []],
    ['no scope to write', {}, 'users:read', ['forbidden']],
    ['an archived channel', { [info]: { channel: { is_archived: true } } }, 'chat:write', ['left']],
    ['no channel', { [info]: refused('channel_not_found') }, 'chat:write', ['not-found']],
    ['no thread', { [replies]: refused('thread_not_found') }, 'chat:write', ['not-found']],
    ['no scope to read', { [info]: noScope, [replies]: noScope }, 'chat:write', ['unverified']],
  ])('%s', async ([, answers, scopes, codes]) => {
    const { fetch } = openSlack(answers, scopes);
    const diagnosis = await slack({ botToken, fetch }).diagnose?.(target, {});
    expect(diagnosis?.reasons.map(({ code }) => code)).toEqual(codes);
  });
});

function refused(error: string): object {
  return { ok: false, error };
}
