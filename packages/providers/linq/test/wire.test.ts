import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { linq } from '../src/index.ts';
import { failureOf, fieldsOf } from './support/failure.ts';
import {
  answerOnce,
  apiKey,
  bodyMarker,
  chatId,
  envelope,
  onlyAnnouncedRequests,
  theOnly,
  typingPath,
} from './support/linq-vendor.ts';

onlyAnnouncedRequests();

const target = { chatId };
const verbs = [
  ['start', 'POST'],
  ['stop', 'DELETE'],
] as const;

function call(provider: ReturnType<typeof linq>, verb: 'start' | 'stop'): Promise<unknown> {
  return Promise.resolve(provider[verb]?.(target, {}));
}

describe.each(verbs)('%s', (verb, method) => {
  test(`is one ${method} to the chat, with the key in one header and neither body nor content-type`, async () => {
    const seen = answerOnce({ status: 204 }, { method });
    await call(linq({ apiKey }), verb);

    const { headers, ...line } = theOnly(seen);
    expect(line).toEqual({ method, url: `https://api.linqapp.com${typingPath}`, body: '' });
    expect(headers['authorization']).toBe(`Bearer ${apiKey}`);
    expect(headers).not.toHaveProperty('content-type');
    const { authorization: _, ...others } = headers;
    expect(JSON.stringify(others)).not.toContain(apiKey);
  });

  test.each([
    [409, 2009],
    [429, 1007],
    [503, 4004],
  ])('is not tried again by the adapter after a %i', async (status, code) => {
    const seen = answerOnce({ status, body: envelope(status, code) }, { method });
    await failureOf(call(linq({ apiKey }), verb));
    expect(seen).toHaveLength(1);
  });

  test.each([
    ['no trailing slash', 'https://linq.example/api'],
    ['a trailing slash', 'https://linq.example/api/'],
    ['several trailing slashes', 'https://linq.example/api//'],
  ])('goes to a base URL with %s', async (_, baseUrl) => {
    const path = `/api/v3/chats/${chatId}/typing`;
    const seen = answerOnce({ status: 204 }, { method, origin: 'https://linq.example', path });
    await call(linq({ apiKey, baseUrl }), verb);
    expect(seen[0]?.url).toBe(`https://linq.example${path}`);
  });

  test.each([
    ['200 without a body', 200, ''],
    ['200 with JSON', 200, { success: true }],
    ['200 with HTML', 200, `<html>${bodyMarker}</html>`],
    ['201', 201, ''],
    ['202 without a body', 202, ''],
    ['206', 206, 'half'],
  ])('refuses %s as a bad response: Linq promises 204', async (_, status, body) => {
    answerOnce({ status, body }, { method });
    const error = await failureOf(call(linq({ apiKey }), verb));
    expect(fieldsOf(error)).toEqual({ code: 'bad-response', retryable: false, status });
    expect(error.operation).toBe(verb);
  });

  test.each([2004, 2009, 2013, 2017, 4004])(
    'takes an error envelope with the code %i inside a 200 for a bad response, too',
    async (code) => {
      answerOnce({ status: 200, body: envelope(200, code) }, { method });
      const error = await failureOf(call(linq({ apiKey }), verb));
      expect(fieldsOf(error)).toEqual({
        code: 'bad-response',
        retryable: false,
        status: 200,
        vendorCode: String(code),
      });
    },
  );

  test.each([301, 302, 303, 307, 308])(
    'does not follow a redirect (%i): the other host never sees the key',
    async (status) => {
      const asked: string[] = [];
      for (const followedAs of ['GET', 'POST', 'DELETE']) {
        nock('https://elsewhere.example')
          .intercept('/typing', followedAs)
          .optionally()
          .reply((request: Request) => {
            asked.push(`${request.method} ${request.headers.get('authorization')}`);
            return [204];
          });
      }
      const location = 'https://elsewhere.example/typing';
      answerOnce({ status, body: envelope(status, 2013), headers: { location } }, { method });

      const error = await failureOf(call(linq({ apiKey }), verb), ['elsewhere.example']);
      expect(error).toMatchObject({ code: 'bad-response', retryable: false, status });
      expect(asked).toEqual([]);
    },
  );
});

describe('the receipt of a start', () => {
  test('holds the trace id that Linq sends in a header of every answer', async () => {
    const traceId = '2eff5df5c6f688733c007523c4d61cd9';
    answerOnce({ status: 204, headers: { 'X-Trace-ID': traceId } });
    await expect(linq({ apiKey }).start(target, {})).resolves.toEqual({ traceId });
  });

  test('claims nothing that Linq did not say: no lifetime, no delivery', async () => {
    answerOnce({ status: 204 });
    await expect(linq({ apiKey }).start(target, {})).resolves.toEqual({});
  });

  test('does not hold a trace id that quotes the chat', async () => {
    answerOnce({ status: 204, headers: { 'X-Trace-ID': chatId } });
    await expect(linq({ apiKey }).start(target, {})).resolves.toEqual({});
  });
});

test('a stop that Linq accepted resolves to nothing', async () => {
  answerOnce({ status: 204 }, { method: 'DELETE' });
  await expect(linq({ apiKey }).stop?.(target, {})).resolves.toBeUndefined();
});

test('a second start is a request of its own: only the engine coalesces', async () => {
  const provider = linq({ apiKey });
  for (const _ of [1, 2]) {
    const seen = answerOnce({ status: 204 });
    await provider.start(target, {});
    expect(seen).toHaveLength(1);
  }
});

test('what Linq has no word for is not sent', async () => {
  const seen = answerOnce({ status: 204 });
  await linq({ apiKey }).start(target, { ttlMs: 9_000, status: 'thinking', action: 'recording' });
  expect(seen[0]?.url).not.toContain('?');
  expect(seen[0]?.body).toBe('');
});

test('an own fetch performs the request, with all that belongs to it', async () => {
  const requests: Request[] = [];
  const provider = linq({
    apiKey,
    fetch: (request) => {
      requests.push(request);
      return Promise.resolve(new Response(null, { status: 204 }));
    },
  });
  await provider.start(target, {});
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    method: 'POST',
    url: `https://api.linqapp.com${typingPath}`,
    redirect: 'manual',
  });
  expect(requests[0]?.headers.get('authorization')).toBe(`Bearer ${apiKey}`);
});
