import type { Simulator } from '../src/index.ts';

type Headers = Readonly<Record<string, string>>;

/** An answer with its body read: `json` is `undefined` if the body is empty. */
export interface Answer {
  readonly status: number;
  readonly headers: Response['headers'];
  readonly text: string;
  readonly json: unknown;
}

export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('application/json') === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}

export function callLinq(
  simulator: Simulator,
  method: string,
  path: string,
  options: { key?: string; body?: string } = {},
): Promise<Answer> {
  const headers: Headers = {
    authorization: `Bearer ${options.key ?? simulator.linq.apiKey}`,
    'content-type': 'application/json',
  };
  return call(`${simulator.linq.baseUrl}${path}`, { method, headers, body: options.body ?? null });
}

export function linqTyping(
  simulator: Simulator,
  chatId: string,
  options: { method?: 'POST' | 'DELETE'; key?: string } = {},
): Promise<Answer> {
  return callLinq(simulator, options.method ?? 'POST', `/v3/chats/${chatId}/typing`, options);
}

export function linqMessage(simulator: Simulator, chatId: string): Promise<Answer> {
  const body = JSON.stringify({ message: { parts: [{ type: 'text', value: 'Hello' }] } });
  return callLinq(simulator, 'POST', `/v3/chats/${chatId}/messages`, { body });
}

export function callConnectSafely(
  simulator: Simulator,
  path: string,
  body: unknown,
  options: { method?: string; headers?: Headers } = {},
): Promise<Answer> {
  return call(`${simulator.connectsafely.baseUrl}${path}`, {
    method: options.method ?? 'POST',
    headers: {
      authorization: `Bearer ${simulator.connectsafely.apiKey}`,
      'content-type': 'application/json',
      ...options.headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export function linkedInTyping(simulator: Simulator, body: unknown): Promise<Answer> {
  return callConnectSafely(simulator, '/messaging/typing-indicator', body);
}
