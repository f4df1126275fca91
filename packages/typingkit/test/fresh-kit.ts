import nock from 'nock';
import type * as Kit from 'typingkit';
import { afterEach, beforeEach, vi } from 'vitest';

export const linqOrigin = 'https://api.linqapp.com';
const connectSafelyOrigin = 'https://api.connectsafely.ai';
export const chatId = '550e8400-e29b-41d4-a716-446655440000';
export const conversationUrn = 'urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAB-x,2-YTlk==)';

/** The package as a process has it that has just begun: nothing configured, nothing up. */
export async function freshKit(): Promise<typeof Kit> {
  vi.resetModules();
  return import('typingkit');
}

/** Empties the environment and stops everything but nock's answers from going out. */
export function guardProcess(): void {
  beforeEach(() => {
    nock.disableNetConnect();
    for (const name of Object.keys(process.env)) {
      if (/^(?:LINQ|CONNECTSAFELY)_/.test(name)) vi.stubEnv(name, undefined);
    }
  });
  afterEach(() => {
    const unused = nock.pendingMocks();
    nock.cleanAll();
    nock.enableNetConnect();
    vi.unstubAllEnvs();
    if (unused.length > 0) throw new Error(`never asked: ${unused.join(', ')}`);
  });
}

/** Answers one start of Linq's. */
export function answerLinq(key: string, origin: string = linqOrigin, base = '/api/partner'): void {
  nock(origin, { reqheaders: { authorization: `Bearer ${key}` } })
    .post(`${base}/v3/chats/${chatId}/typing`)
    .reply(204);
}

/** Answers one start of ConnectSafely's. */
export function answerConnectSafely(
  key: string,
  body: Readonly<Record<string, string>> = { conversationUrn },
  origin: string = connectSafelyOrigin,
): void {
  nock(origin, { reqheaders: { authorization: `Bearer ${key}` } })
    .post('/linkedin/messaging/typing-indicator', body)
    .reply(200, { success: true });
}
