import { describe, expect, it, onTestFinished } from 'vitest';
import { serve, type Serving, token } from './serve.ts';

interface Heard {
  readonly events: Record<string, unknown>[];
  readonly text: () => string;
  leave(): void;
}

/** Reads the stream of events, as a browser would. */
async function listen({ server }: Serving, query = '', headers = {}): Promise<Heard> {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const response = await fetch(`${server.url}/v1/events${query}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: abort.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events: Record<string, unknown>[] = [];
  let text = '';
  let read = 0;
  async function readOn(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf('\n\n', read); end >= 0; end = text.indexOf('\n\n', read)) {
        const data = /^data: (.*)$/m.exec(text.slice(read, end))?.[1];
        if (data !== undefined) events.push(JSON.parse(data));
        read = end + 2;
      }
    }
  }
  void readOn().catch(() => {});
  return { events, text: () => text, leave: () => abort.abort() };
}

describe('the stream of events', () => {
  it('tells what happens, without whose it is', async () => {
    const serving = await serve();
    const heard = await listen(serving);
    const id = await serving.open('+12025550123', { label: 'turn 7' });
    await expect.poll(() => heard.events.map(({ type }) => type)).toEqual(['opened', 'started']);
    expect(heard.events).toMatchObject([
      { type: 'opened', sessionId: id, label: 'turn 7', at: expect.stringMatching(/^20.*Z$/) },
      { type: 'started', channel: 'chat', provider: 'fake', nextStartAt: expect.any(String) },
    ]);
    expect(heard.text()).not.toContain('2025550123');
    const { conversation } = (await serving.ask('GET', `/v1/sessions/${id}`)).body;
    expect(heard.events.map((event) => event['conversation'])).toEqual([
      conversation,
      conversation,
    ]);
  });

  it('tells whose it is where that is asked for', async () => {
    const serving = await serve();
    const heard = await listen(serving, '?targets=shown');
    await serving.open('+12025550123');
    await expect.poll(() => heard.text()).toContain('2025550123');
  });

  it('tells a failure as a problem, with what to do', async () => {
    const serving = await serve();
    const heard = await listen(serving);
    serving.provider.failNext('unauthenticated');
    await serving.open('a');
    await expect
      .poll(() => heard.events.find(({ type }) => type === 'failed'))
      .toMatchObject({
        operation: 'start',
        problem: { code: 'unauthenticated', advice: expect.any(String) },
      });
    await expect
      .poll(() => heard.events.find(({ type }) => type === 'suspended'))
      .toMatchObject({
        pausedBy: 'credential',
        until: expect.any(String),
      });
  });

  it('goes on where a client left off', async () => {
    const serving = await serve();
    const first = await listen(serving);
    await serving.open('a');
    await expect.poll(() => first.events.length).toBe(2);
    first.leave();
    await serving.open('b');
    await expect.poll(() => serving.provider.starts.length).toBe(2);
    const second = await listen(serving, '', { 'last-event-id': '2' });
    await expect.poll(() => second.events.map(({ number }) => number)).toEqual([3, 4]);
    const all = await listen(serving, '?after=0');
    await expect.poll(() => all.events.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  it('tells of one conversation, where it is asked for', async () => {
    const serving = await serve();
    const id = await serving.open('a');
    const { conversation } = (await serving.ask('GET', `/v1/sessions/${id}`)).body;
    const heard = await listen(serving, `?conversation=${conversation}`);
    await serving.open('b');
    await serving.ask('DELETE', `/v1/sessions/${id}`);
    await expect.poll(() => heard.events.map(({ type }) => type)).toContain('cleared');
    expect(new Set(heard.events.map((event) => event['conversation']))).toEqual(
      new Set([conversation]),
    );
  });

  it('ends when the server closes', async () => {
    const serving = await serve();
    const heard = await listen(serving);
    await serving.open('a');
    await expect.poll(() => heard.events.length).toBe(2);
    await serving.server.close();
    await expect(listen(serving)).rejects.toThrow();
  });
});
