import { createTyping, type KeepOptions, type Typing } from '@typingkit/core';
import { type FakeProvider, fakeProvider } from '@typingkit/testing/fake';
import { onTestFinished } from 'vitest';
import { type ServerOptions, startServer, type TypingServer } from '../src/index.ts';

export const token = 'a-token-of-this-test-only';

/** What a test talks to. */
export interface Serving {
  readonly server: TypingServer;
  readonly provider: FakeProvider;
  readonly typing: Typing<Record<string, unknown>>;
  /** Asks with the token, and with JSON where there is a body. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answered>;
  /** Opens a session on the channel `chat`. */
  open(id: string, options?: KeepOptions): Promise<string>;
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // What a test expects of it, it says itself.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** A server on a fake provider, which a test has for itself. */
export async function serve(options: Partial<ServerOptions> = {}): Promise<Serving> {
  const provider = fakeProvider({
    capabilities: { status: true },
    parseTarget(input) {
      const { id } = input as { id?: unknown };
      if (typeof id === 'string') return { id };
      throw new TypeError('no id');
    },
  });
  Object.assign(provider, {
    targetsIn: (message: { from?: string | string[] }) =>
      [message.from ?? []].flat().map((id) => ({ id })),
  });
  const typing = createTyping({
    channels: { chat: provider },
    onEvent: () => {},
    clock: options.clock,
  });
  const server = await startServer({ typing, tokens: [token], ...options });
  onTestFinished(() => server.close());

  async function ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  return {
    server,
    provider,
    typing: typing as unknown as Serving['typing'],
    ask,
    async open(id, keepOptions) {
      const body = { channel: 'chat', target: { id }, ...keepOptions };
      return (await ask('POST', '/v1/sessions', body)).body.id;
    },
  };
}
