import { request } from 'node:http';
import { createTyping, diagnosisOf, type Typing } from '@typingkit/core';
import { type FakeProvider, fakeProvider } from '@typingkit/testing/fake';
import { afterEach, describe, expect, test } from 'vitest';
import { inspect, type InspectOptions, type Inspector } from '../src/index.ts';
import type { InspectedEvent, InspectedState } from '../src/inspector/inspected.ts';

interface Target {
  readonly chatId: string;
}

const token = 'a-token-of-more-than-16-characters';

let inspector: Inspector;
let typing: Typing<{ chat: Target }>;

afterEach(async () => {
  await typing.close({ deadlineMs: 100 });
  await inspector.close();
});

async function begin(options: InspectOptions = {}): Promise<FakeProvider<Target>> {
  const provider = fakeProvider<Target>({ name: 'acme', diagnosis: diagnosisOf([]) });
  typing = createTyping({ channels: { chat: provider }, onEvent: () => {} });
  inspector = await inspect(typing, options);
  return provider;
}

interface Told {
  readonly state: InspectedState;
  readonly events: readonly InspectedEvent[];
}

/** Reads until what was told is as it should be. */
async function until(isRight: (told: Told) => boolean, query = ''): Promise<Told> {
  const response = await fetch(`${inspector.url}api/events${query}`);
  expect(response.status).toBe(200);
  let text = '';
  let state: InspectedState | undefined;
  const events: InspectedEvent[] = [];
  for await (const chunk of response.body ?? []) {
    text += new TextDecoder().decode(chunk);
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data: unknown = JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '');
      // The server is ours.
      if (block.startsWith('event: state')) state = data as InspectedState;
      else events.push(...(data as InspectedEvent[]));
      if (state && isRight({ state, events })) return { state, events };
    }
  }
  throw new Error('The stream ended.');
}

describe('the inspector', () => {
  test('tells of the sessions that are alive, by their labels, and of no recipient', async () => {
    await begin();
    typing.keep('chat', { chatId: '+15551234567' }, { label: 'ticket 7' });
    const { state } = await until(({ state: { sessions } }) => sessions[0]?.state === 'active');
    expect(state).toMatchObject({
      sessionCount: 1,
      troubledCount: 0,
      channels: [{ channel: 'chat', provider: 'acme', sessionCount: 1, troubledCount: 0 }],
      sessions: [{ label: 'ticket 7', channel: 'chat', provider: 'acme', state: 'active' }],
      rests: [],
      failures: [],
    });
    expect(JSON.stringify(state)).not.toContain('5551234567');
    expect(state.sessions[0]?.nextStartAtMs).toBeGreaterThan(state.nowMs - 60_000);
  });

  test('tells of recipients where it is asked to', async () => {
    await begin();
    typing.keep('chat', { chatId: '+15551234567' });
    const isThere = ({ state: { sessions } }: Told): boolean => sessions.length > 0;
    const { state } = await until(isThere, '?recipients=shown');
    expect(state.sessions[0]?.recipient).toContain('+15551234567');
  });

  test('explains a bot whose vendor answers 401 in one sentence, with the fix', async () => {
    const provider = await begin();
    provider.failNext('unauthenticated', {
      times: 100,
      details: { status: 401, reason: 'the token has expired', advice: 'Renew it in the console.' },
    });
    typing.keep('chat', { chatId: '1' });
    typing.keep('chat', { chatId: '2' });
    const { state } = await until(({ state: { rests } }) => rests[0]?.sessionCount === 2);
    expect(state.rests).toMatchObject([
      {
        by: 'credential',
        channel: 'chat',
        provider: 'acme',
        why: 'acme refused the key (401), so nothing is sent with it until it works again: the token has expired.',
        advice: 'Renew it in the console.',
      },
    ]);
    expect(state.troubledCount).toBe(2);
    const failure = { code: 'unauthenticated', operation: 'start', status: 401 };
    expect(state.failures[0]).toMatchObject(failure);
  });

  test('says which conversation fails, and that it is one', async () => {
    const provider = await begin();
    provider.failNext('unavailable', { times: 3, details: { status: 503 } });
    typing.keep('chat', { chatId: '1' });
    const { state } = await until(({ state: { rests } }) => rests.length > 0);
    expect(state.rests[0]).toMatchObject({ by: 'circuit', sessionCount: 1 });
    expect(state.rests[0]?.conversation).toBe(state.sessions[0]?.conversation);
    expect(state.failures).toMatchObject([{ code: 'unavailable', count: 3 }]);
  });

  test('tells the story of one conversation, and of no other', async () => {
    await begin();
    const session = typing.keep('chat', { chatId: '1' });
    typing.keep('chat', { chatId: '2' }, { label: 'other' });
    const { state } = await until(({ state: { sessions } }) => sessions.length === 2);
    const { conversation } = state.sessions.find(({ label }) => label === undefined) ?? {};
    const isCleared = ({ events }: Told): boolean => events.some(({ type }) => type === 'cleared');
    const heard = until(isCleared, `?conversation=${conversation}`);
    await session.stop();
    const types = (await heard).events.map(({ type }) => type);
    expect(types).toEqual(['opened', 'started', 'closed', 'cleared']);
  });

  test('asks the vendor why nothing is seen', async () => {
    const provider = await begin();
    typing.keep('chat', { chatId: '1' });
    const { state } = await until(({ state: { sessions } }) => sessions.length > 0);
    const response = await fetch(`${inspector.url}api/diagnoses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ conversation: state.sessions[0]?.conversation }),
    });
    expect(await response.json()).toEqual({ willShow: 'yes', reasons: [] });
    expect(provider.diagnoses).toHaveLength(1);
  });

  test('shows the first hundred of very many, and counts the rest', async () => {
    await begin();
    for (let index = 0; index < 20_000; index += 1)
      typing.keep('chat', { chatId: String(index) }, { delayMs: 600_000 });
    const { state } = await until(({ state: { sessionCount } }) => sessionCount === 20_000);
    expect(state.sessions).toHaveLength(100);
    expect(JSON.stringify(state).length).toBeLessThan(50_000);
  });

  test('is a page that may load nothing from anywhere else', async () => {
    await begin();
    const page = await fetch(inspector.url);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('typingkit inspector');
  });

  test.for([
    ['GET', 'api/events', 200],
    // What is wrong with the question is told to those who may ask.
    ['POST', 'api/diagnoses', 415],
  ] as const)(
    'answers %s %s only with the token, where there is one',
    async ([method, path, status]) => {
      await begin({ tokens: [token] });
      const ask = async (headers: Record<string, string>): Promise<number> => {
        const response = await fetch(inspector.url + path, { method, headers });
        await response.body?.cancel();
        return response.status;
      };
      expect(await ask({})).toBe(401);
      expect(await ask({ authorization: `Bearer ${token}x` })).toBe(401);
      expect(await ask({ authorization: `Bearer ${token}` })).toBe(status);
    },
  );

  test.for([
    ['a page of another site', { origin: 'https://example.com' }],
    ['a name that somebody pointed here', { host: 'example.com' }],
  ] as const)('refuses %s', async ([, headers]) => {
    await begin();
    const status = await new Promise((resolve, reject) => {
      const outgoing = request(`${inspector.url}api/events`, { headers }, (incoming) => {
        incoming.destroy();
        resolve(incoming.statusCode);
      });
      outgoing.on('error', reject).end();
    });
    expect(status).toBe(403);
  });

  test('refuses a body that is too large, and one of the wrong shape', async () => {
    await begin();
    const ask = async (body: string): Promise<number> => {
      const headers = { 'content-type': 'application/json' };
      const url = `${inspector.url}api/diagnoses`;
      return (await fetch(url, { method: 'POST', headers, body })).status;
    };
    expect(await ask('x'.repeat(100_000))).toBe(413);
    const declared = await new Promise((resolve, reject) => {
      const headers = { 'content-length': '10000000' };
      const outgoing = request(`${inspector.url}api/events`, { headers }, (incoming) => {
        resolve(incoming.statusCode);
        outgoing.destroy();
      });
      outgoing.on('error', reject).flushHeaders();
    });
    expect(declared).toBe(413);
    expect(await ask('{"conversation":7}')).toBe(400);
    expect(await ask('{"conversation":"nobody"}')).toBe(404);
  });

  test('refuses an address that others can reach, without a token', async () => {
    await begin();
    const refusal = { code: 'misconfigured' };
    await expect(inspect(typing, { host: '0.0.0.0' })).rejects.toMatchObject(refusal);
  });

  test('ends every stream when it is closed, and leaves the sessions alone', async () => {
    await begin();
    const session = typing.keep('chat', { chatId: '1' });
    const heard = until(() => false).catch((error: unknown) => String(error));
    await until(({ state: { sessions } }) => sessions[0]?.state === 'active');
    await inspector.close();
    await inspector.close();
    expect(await heard).toContain('The stream ended.');
    expect(session.state).toBe('active');
  });
});
