import { describe, expect, it } from 'vitest';
import { serve, token } from './serve.ts';

describe('/metrics', () => {
  it('counts what the server does, for whoever has the token', async () => {
    const { ask, open, provider, server } = await serve({ metrics: true });
    await open('+12025550123');
    await expect.poll(() => provider.starts.length).toBe(1);
    const headers = { authorization: `Bearer ${token}` };
    await expect
      .poll(async () => (await fetch(`${server.url}/metrics`, { headers })).text())
      .toMatch(/^typing_starts_total\{typing_channel="chat",typing_provider="fake",.*\} 1$/m);
    const response = await fetch(`${server.url}/metrics`, { headers });
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(text).toMatch(/^typing_sessions_live\{.*\} 1$/m);
    expect(text).not.toContain('2025550123');
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    const document = (await ask('GET', '/openapi.json')).body;
    expect(document.paths['/metrics'].get.operationId).toBe('getMetrics');
  });

  it('is not there unless it is asked for', async () => {
    const { ask } = await serve();
    expect(await ask('GET', '/metrics')).toMatchObject({ body: { code: 'no-such-endpoint' } });
  });
});
