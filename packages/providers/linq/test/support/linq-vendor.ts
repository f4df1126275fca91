import nock from 'nock';
import { afterEach, beforeEach, expect } from 'vitest';

export const apiKey = 'linq-key-7Qv3+Zx/81==';
export const chatId = '550e8400-e29b-41d4-a716-446655440000';
const typingPath = `/api/partner/v3/chats/${chatId}/typing`;

/** Stands in every body and header of an answer; must never be seen outside the adapter. */
export const bodyMarker = 'only-in-the-body-5d1f';
export const headerMarker = 'only-in-a-header-9c2e';

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
  readonly method?: 'GET' | 'POST' | 'DELETE';
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
  { method = 'POST', origin = 'https://api.linqapp.com', path = typingPath }: Exchange = {},
): WireRequest[] {
  const seen: WireRequest[] = [];
  nock(origin)
    .intercept(path, method)
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

/** Linq's error envelope in full, with a field that nobody knows. */
export function envelope(
  status: number,
  code: unknown,
  { message = 'Something went wrong', ...more }: Readonly<Record<string, unknown>> = {},
): { success: false; error: Record<string, unknown>; unknown: string } {
  return { success: false, error: { status, code, message, ...more }, unknown: bodyMarker };
}

/** Linq's page about a code. */
export function docUrlOf(code: number): string {
  return `https://docs.linqapp.com/error/codes/${Math.floor(code / 1000)}xxx/${code}/`;
}

/** The one request that was made. */
export function theOnly(requests: readonly WireRequest[]): WireRequest {
  expect(requests).toHaveLength(1);
  const [request] = requests;
  if (request === undefined) throw new Error('there is no request');
  return request;
}
