import { virtualClock } from '@typingkit/testing/fake';
import { describe, expect, it } from 'vitest';
import { serve } from './serve.ts';

const target = { id: '+12025550123' };

describe('a session over HTTP', () => {
  it('keeps the indicator up until it is ended', async () => {
    const { ask, provider } = await serve();
    const body = { channel: 'chat', target, label: 'turn 7', refreshEveryMs: 60 };
    const { status, body: session } = await ask('POST', '/v1/sessions', body);
    expect(status).toBe(201);
    expect(session).toMatchObject({ channel: 'chat', provider: 'fake', label: 'turn 7' });
    await expect.poll(() => provider.starts.length).toBeGreaterThan(3);
    const ended = await ask('DELETE', `/v1/sessions/${session.id}`);
    expect(ended).toMatchObject({ status: 200, body: { state: 'closed', closeReason: 'stopped' } });
    await expect.poll(() => provider.stops.length).toBe(1);
    const again = await ask('DELETE', `/v1/sessions/${session.id}`);
    expect(again).toMatchObject({ status: 200, body: { closeReason: 'stopped' } });
  });

  it('ends by itself where nobody touches it, and says why', async () => {
    const { ask, open, provider } = await serve();
    const id = await open('a', { idleTimeoutMs: 100 });
    await expect
      .poll(async () => (await ask('GET', `/v1/sessions/${id}`)).body)
      .toMatchObject({ state: 'closed', closeReason: 'idle' });
    await expect.poll(() => provider.stops.length).toBe(1);
    expect(await ask('POST', `/v1/sessions/${id}/touch`)).toMatchObject({
      status: 410,
      body: { code: 'session-ended', closeReason: 'idle', retryable: false },
    });
  });

  it('lives on while it is touched, and ten minutes at most', async () => {
    const clock = virtualClock();
    const { ask, open } = await serve({ clock });
    const touched = await open('a');
    const left = await open('b');
    const stateOf = async (id: string): Promise<string> =>
      (await ask('GET', `/v1/sessions/${id}`)).body.state;
    for (let minute = 0; minute < 9; minute += 1) {
      await clock.advance(60_000);
      expect((await ask('POST', `/v1/sessions/${touched}/touch`)).status).toBe(200);
    }
    expect([await stateOf(touched), await stateOf(left)]).toEqual(['active', 'closed']);
    await clock.advance(60_000);
    expect((await ask('GET', `/v1/sessions/${touched}`)).body).toMatchObject({
      state: 'closed',
      closeReason: 'max-duration',
    });
  });

  it('says what it is doing', async () => {
    const { ask, open, provider } = await serve();
    const id = await open('a');
    await expect.poll(() => provider.starts.length).toBe(1);
    const { status } = await ask('PATCH', `/v1/sessions/${id}`, { status: 'is searching' });
    expect(status).toBe(200);
    await expect
      .poll(() => provider.starts.some(({ options }) => options.status === 'is searching'))
      .toBe(true);
  });

  it('comes back after a message', async () => {
    const { ask, open, provider } = await serve();
    const id = await open('a');
    await expect.poll(() => provider.starts.length).toBe(1);
    expect((await ask('POST', `/v1/sessions/${id}/message-sent`)).status).toBe(200);
    await expect.poll(() => provider.starts.length).toBe(2);
  });

  it('pauses while a person is asked, and resumes', async () => {
    const { ask, open, provider } = await serve();
    const id = await open('a');
    await expect.poll(() => provider.starts.length).toBe(1);
    expect((await ask('POST', `/v1/sessions/${id}/pause`)).body.state).toBe('paused');
    await expect.poll(() => provider.stops.length).toBe(1);
    expect((await ask('POST', `/v1/sessions/${id}/resume`)).status).toBe(200);
    await expect.poll(() => provider.starts.length).toBe(2);
  });

  it('that is paused by a client that died is ended all the same', async () => {
    const { ask, open } = await serve({ longestPauseMs: 100 });
    const id = await open('a');
    await ask('POST', `/v1/sessions/${id}/pause`);
    await expect
      .poll(async () => (await ask('GET', `/v1/sessions/${id}`)).body.state)
      .toBe('closed');
  });

  it('that the vendor refuses says with what', async () => {
    const { ask, open, provider } = await serve();
    provider.failNext('forbidden');
    const id = await open('a');
    await expect
      .poll(async () => (await ask('GET', `/v1/sessions/${id}`)).body)
      .toMatchObject({ closeReason: 'refused', problem: { code: 'forbidden' } });
  });

  it('is listed with its label, and without whose it is unless that is asked for', async () => {
    const { ask, open, typing } = await serve();
    await open('+12025550123', { label: 'one' });
    await open('+12025550999', { label: 'two' });
    // Of the same process, opened by nobody over HTTP.
    typing.keep('chat', { id: 'inside' }, { label: 'three' });
    const { body } = await ask('GET', '/v1/sessions?limit=2');
    expect(body).toMatchObject({ total: 3, alive: 3, sessions: [{ label: 'one' }, {}] });
    expect(JSON.stringify(body)).not.toContain('2025550');
    const shown = await ask('GET', '/v1/sessions?targets=shown&label=two');
    expect(shown.body.sessions).toMatchObject([{ target: { id: '+12025550999' } }]);
    const { conversation } = body.sessions[0];
    const ofOne = await ask('GET', `/v1/sessions?conversation=${conversation}`);
    expect(ofOne.body).toMatchObject({ total: 1, sessions: [{ label: 'one' }] });
  });

  it('can be diagnosed by its id', async () => {
    const { ask, open, provider } = await serve();
    const id = await open('a');
    const { status, body } = await ask('POST', `/v1/sessions/${id}/diagnose`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ channel: 'chat', willShow: expect.any(String) });
    expect(provider.stops).toEqual([]);
  });

  it('that nobody opened is not there', async () => {
    const { ask } = await serve();
    for (const [method, path] of [
      ['GET', '/v1/sessions/nobody'],
      ['DELETE', '/v1/sessions/nobody'],
      ['POST', '/v1/sessions/nobody/touch'],
    ] as const)
      expect(await ask(method, path)).toMatchObject({ body: { code: 'no-such-session' } });
  });

  it('is not opened where too many are alive', async () => {
    const { ask, open } = await serve({ mostSessions: 1 });
    const id = await open('a');
    const body = { channel: 'chat', target };
    expect(await ask('POST', '/v1/sessions', body)).toMatchObject({
      status: 503,
      body: { code: 'too-many-sessions', retryable: true },
    });
    await ask('DELETE', `/v1/sessions/${id}`);
    expect((await ask('POST', '/v1/sessions', body)).status).toBe(201);
  });
});

describe('an idempotency key', () => {
  const request = { channel: 'chat', target };

  it('opens one session, however often the request is repeated', async () => {
    const { ask } = await serve();
    const headers = { 'idempotency-key': 'turn-7' };
    const [first, second] = await Promise.all([
      ask('POST', '/v1/sessions', request, headers),
      ask('POST', '/v1/sessions', request, headers),
    ]);
    expect(second.body.id).toBe(first.body.id);
    expect([first, second].map(({ status }) => status)).toEqual([201, 201]);
    const replayed = [first, second].map((each) => each.headers.get('idempotency-replayed'));
    expect(new Set(replayed)).toEqual(new Set([null, 'true']));
    expect((await ask('GET', '/v1/sessions')).body.total).toBe(1);
  });

  it('is refused for another request', async () => {
    const { ask } = await serve();
    const headers = { 'idempotency-key': 'turn-7' };
    await ask('POST', '/v1/sessions', request, headers);
    const other = { ...request, label: 'other' };
    expect(await ask('POST', '/v1/sessions', other, headers)).toMatchObject({
      status: 422,
      body: { code: 'key-used-otherwise' },
    });
  });

  it('of a request that failed may be used again', async () => {
    const { ask } = await serve();
    const headers = { 'idempotency-key': 'turn-7' };
    const wrong = { ...request, channel: 'none' };
    expect((await ask('POST', '/v1/sessions', wrong, headers)).status).toBe(404);
    expect((await ask('POST', '/v1/sessions', request, headers)).status).toBe(201);
  });
});

describe("a vendor's webhook", () => {
  it('opens a session for each conversation in it', async () => {
    const { ask, provider } = await serve();
    const path = '/v1/webhooks/chat?label=hook&targets=shown';
    const { status, body } = await ask('POST', path, { from: ['a', 'b'] });
    expect(status).toBe(200);
    expect(body.sessions).toMatchObject([
      { channel: 'chat', label: 'hook', target: { id: 'a' } },
      { channel: 'chat', label: 'hook', target: { id: 'b' } },
    ]);
    await expect.poll(() => provider.starts.length).toBe(2);
  });

  it('may be a form', async () => {
    const { ask } = await serve();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { body } = await ask('POST', '/v1/webhooks/chat', 'from=%2B1202&x=y', headers);
    expect(body.sessions).toHaveLength(1);
    expect(JSON.stringify(body)).not.toContain('1202');
  });

  it('with nothing to answer opens none', async () => {
    const { ask } = await serve();
    expect(await ask('POST', '/v1/webhooks/chat', { type: 'echo' })).toMatchObject({
      status: 200,
      body: { sessions: [] },
    });
  });
});
