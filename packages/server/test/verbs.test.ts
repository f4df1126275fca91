import { describe, expect, it } from 'vitest';
import { serve } from './serve.ts';

const target = { id: '+12025550123' };

describe('the verbs over HTTP', () => {
  it('send shows the indicator once, and answers with the receipt', async () => {
    const { ask, provider } = await serve();
    const body = { channel: 'chat', target, status: 'is thinking' };
    const answer = await ask('POST', '/v1/send', body);
    expect(answer).toMatchObject({ status: 200, body: { status: 'accepted', channel: 'chat' } });
    expect(provider.starts).toMatchObject([{ target, options: { status: 'is thinking' } }]);
  });

  it('stop clears it', async () => {
    const { ask, provider } = await serve();
    await ask('POST', '/v1/send', { channel: 'chat', target });
    const { body } = await ask('POST', '/v1/stop', { channel: 'chat', target });
    expect(body).toEqual({ status: 'cleared', channel: 'chat', provider: 'fake' });
    expect(provider.stops).toMatchObject([{ target }]);
  });

  it('message-sent lets the next send make a request again', async () => {
    const { ask, provider } = await serve();
    await ask('POST', '/v1/send', { channel: 'chat', target });
    expect(await ask('POST', '/v1/message-sent', { channel: 'chat', target })).toMatchObject({
      status: 204,
      body: undefined,
    });
    await ask('POST', '/v1/send', { channel: 'chat', target });
    expect(provider.starts).toHaveLength(2);
  });

  it('rate-limited holds starts back', async () => {
    const { ask, provider } = await serve();
    const limit = { channel: 'chat', target, retryAfterMs: 60_000, scope: 'credential' };
    expect((await ask('POST', '/v1/rate-limited', limit)).status).toBe(204);
    const { status, body, headers } = await ask('POST', '/v1/send', { channel: 'chat', target });
    expect({ status, code: body.code }).toEqual({ status: 429, code: 'rate-limited' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
    expect(provider.starts).toEqual([]);
  });

  it('diagnose says why nothing is seen', async () => {
    const { ask, provider } = await serve();
    provider.failNext('unauthenticated');
    await ask('POST', '/v1/send', { channel: 'chat', target });
    const { status, body } = await ask('POST', '/v1/diagnose', { channel: 'chat', target });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      willShow: 'no',
      reasons: [{ code: 'suspended', advice: expect.any(String) }],
    });
  });

  it('channels lists what the server was told, and no key', async () => {
    const described = { channel: 'chat', provider: 'fake', apiKey: 'secret', isConfigured: true };
    const { ask } = await serve({ channels: [described] });
    expect((await ask('GET', '/v1/channels')).body).toEqual({
      channels: [{ channel: 'chat', provider: 'fake', isConfigured: true }],
    });
  });

  it('an error of the vendor is a problem with the fields of the TypingError', async () => {
    const { ask, provider } = await serve();
    provider.failNext('forbidden', {
      details: { reason: 'not your chat', status: 403, vendorCode: '2005', traceId: 'trace-1' },
    });
    const { status, body, headers } = await ask('POST', '/v1/send', { channel: 'chat', target });
    expect(status).toBe(403);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).toEqual({
      type: 'https://github.com/typingkit/typingkit/blob/main/docs/server.md#problem-forbidden',
      title: 'The key may not type in this conversation (403)',
      status: 403,
      detail: 'not your chat.',
      code: 'forbidden',
      retryable: false,
      advice: 'Check what the key may do in this conversation.',
      channel: 'chat',
      provider: 'fake',
      operation: 'start',
      vendorStatus: 403,
      vendorCode: '2005',
      traceId: 'trace-1',
    });
  });

  it.each([
    ['an unknown channel', { channel: 'chatt', target }, 404, 'unknown-channel'],
    ['a target that is wrong', { channel: 'chat', target: {} }, 422, 'invalid-target'],
    ['a target that is no object', { channel: 'chat', target: 'x' }, 400, 'invalid-request'],
    ['an unknown field', { channel: 'chat', target, statsu: 'x' }, 400, 'invalid-request'],
    [
      'a time that is too long',
      { channel: 'chat', target, timeoutMs: 1e9 },
      400,
      'invalid-request',
    ],
  ])('%s is refused before any request, and not quoted', async (_name, body, status, code) => {
    const { ask, provider } = await serve();
    const answer = await ask('POST', '/v1/send', body);
    expect(answer).toMatchObject({ status, body: { status, code, advice: expect.any(String) } });
    expect(JSON.stringify(answer.body)).not.toContain(target.id);
    expect(provider.calls).toEqual([]);
  });
});
