import nock from 'nock';
import { afterEach, beforeEach, expect } from 'vitest';

export const apiKey = 'b0f1c2d3-key-7Qv3+Zx/81==';
export const accountId = '696ce9e780e0483585e4e553';
export const profileId = 'ACoAAATPlQ0Bc8wdg-Iy8wZgEDuSdIVWJiE1Aio';
export const threadId = '2-NzkzMDFlNzAtZjU2OS00MjIwLWE2ZDctYzZkMWE1ZDljZDAyXzEwMA==';
export const conversationUrn = `urn:li:msg_conversation:(urn:li:fsd_profile:${profileId},${threadId})`;
const typingPath = '/linkedin/messaging/typing-indicator';

/** Stands in every body and header of an answer; must never be seen outside the adapter. */
export const bodyMarker = 'only-in-the-body-5d1f';
export const headerMarker = 'only-in-a-header-9c2e';

/** What ConnectSafely answers to a start that it took. */
export const accepted = {
  success: true,
  accountId,
  conversationUrn,
  message: 'Typing indicator sent successfully',
} as const;

/** One request as it left the adapter. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  /** An object is sent as JSON, a string as it is. Default: empty. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Exchange {
  readonly origin?: string;
  readonly path?: string;
}

/** Cuts the test file off the network, and fails every test that asks for more, or for less, than it announced. */
export function onlyAnnouncedRequests(): void {
  const unannounced: string[] = [];
  const note = (request: Request): void => {
    unannounced.push(`${request.method} ${request.url}`);
  };
  beforeEach(() => {
    nock.disableNetConnect();
    nock.emitter.on('no match', note);
  });
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.abortPendingRequests();
    nock.cleanAll();
    nock.emitter.off('no match', note);
    expect(pending).toEqual([]);
    expect(unannounced.splice(0)).toEqual([]);
  });
}

/** Announces one request and its answer. The request is in the list once it has been made. */
export function answerOnce(
  answer: Answer | Promise<Answer>,
  { origin = 'https://api.connectsafely.ai', path = typingPath }: Exchange = {},
): WireRequest[] {
  const seen: WireRequest[] = [];
  nock(origin)
    .post(path)
    .reply(async (request: Request) => {
      seen.push({
        method: request.method,
        url: request.url,
        headers: Object.fromEntries(request.headers),
        body: await request.clone().text(),
      });
      const { status, body = '', headers } = await answer;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return [status, text, { 'x-marker': headerMarker, ...headers }];
    });
  return seen;
}
