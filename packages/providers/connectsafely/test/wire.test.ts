import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { connectSafely, type ConnectSafelyOptions } from '../src/index.ts';
import { failureOf, fieldsOf } from './support/failure.ts';
import {
  accepted,
  accountId,
  answerOnce,
  apiKey,
  bodyMarker,
  conversationUrn,
  onlyAnnouncedRequests,
  theOnly,
  typingPath,
  typingUrl,
  type WireRequest,
} from './support/connectsafely-vendor.ts';

onlyAnnouncedRequests();

const otherAccount = 'acc_12345';

async function startOf(
  options: Partial<ConnectSafelyOptions>,
  input: object = {},
): Promise<WireRequest> {
  const {
    path = '/messaging/typing-indicator',
    baseUrl = 'https://api.connectsafely.ai/linkedin',
  } = options;
  const { origin, pathname } = new URL(baseUrl);
  const seen = answerOnce(
    { status: 200, body: accepted },
    { origin, path: pathname.replace(/\/+$/, '') + path },
  );
  const provider = connectSafely({ apiKey, ...options });
  await provider.start(provider.parseTarget({ conversationUrn, ...input }), {});
  return theOnly(seen);
}

describe('a start', () => {
  test('is one POST of JSON with the URN as it is, and the key in one header', async () => {
    const { headers, body, ...line } = await startOf({});
    expect(line).toEqual({ method: 'POST', url: typingUrl });
    // Byte for byte: nothing in the URN is encoded, and no accountId is made up.
    expect(body).toBe(`{"conversationUrn":"${conversationUrn}"}`);
    expect(headers['authorization']).toBe(`Bearer ${apiKey}`);
    expect(headers['content-type']).toBe('application/json');
    const { authorization: _, ...others } = headers;
    expect(JSON.stringify(others)).not.toContain(apiKey);
  });

  test.each<[string, Partial<ConnectSafelyOptions>, object, string | undefined]>([
    ['of nobody: the vendor takes its default', {}, {}, undefined],
    ['of the provider', { accountId }, {}, accountId],
    ['of the target', {}, { accountId: otherAccount }, otherAccount],
    [
      'of the target rather than of the provider',
      { accountId },
      { accountId: otherAccount },
      otherAccount,
    ],
    [
      'of the provider where that of the target is undefined',
      { accountId },
      { accountId: undefined },
      accountId,
    ],
  ])('sends the accountId %s', async (_, options, input, expected) => {
    const { body } = await startOf(options, input);
    expect(JSON.parse(body)).toStrictEqual(
      expected === undefined ? { conversationUrn } : { conversationUrn, accountId: expected },
    );
  });

  test.each(['https://cs.example/linkedin', 'https://cs.example/linkedin/', 'https://cs.example/'])(
    'goes to the base URL %s',
    async (baseUrl) => {
      const { url } = await startOf({ baseUrl });
      expect(url).toBe(`${baseUrl.replace(/\/$/, '')}/messaging/typing-indicator`);
    },
  );

  test('goes to another path, now that the vendor has announced a move', async () => {
    const { url } = await startOf({ path: '/conversations/typing' });
    expect(url).toBe('https://api.connectsafely.ai/linkedin/conversations/typing');
  });

  test('is a request of its own each time: only the engine coalesces', async () => {
    const [first, second] = [await startOf({}), await startOf({})];
    expect(second.body).toBe(first.body);
  });

  test('does not send what the vendor has no word for', async () => {
    const seen = answerOnce({ status: 200, body: accepted });
    const wishes = { ttlMs: 9_000, status: 'thinking', action: 'recording' };
    await connectSafely({ apiKey }).start({ conversationUrn }, wishes);
    expect(seen[0]?.body).toBe(`{"conversationUrn":"${conversationUrn}"}`);
    expect(seen[0]?.url).toBe(typingUrl);
  });

  test('uses an own fetch', async () => {
    const requests: Request[] = [];
    const provider = connectSafely({
      apiKey,
      fetch: (request) => {
        requests.push(request);
        return Promise.resolve(Response.json(accepted));
      },
    });
    await provider.start({ conversationUrn }, {});
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', url: typingUrl, redirect: 'manual' });
  });
});

describe('there is no stop', () => {
  test('so the provider has no method for it, and says so', () => {
    const provider = connectSafely({ apiKey });
    expect(provider).not.toHaveProperty('stop');
    expect(provider.capabilities.stop).toBe('expires');
  });
});

test.each([301, 302, 303, 307, 308])(
  'a redirect (%i) is not followed: the other host never sees the key',
  async (status) => {
    const asked: string[] = [];
    for (const followedAs of ['GET', 'POST']) {
      nock('https://elsewhere.example')
        .intercept('/typing', followedAs)
        .optionally()
        .reply((request: Request) => {
          asked.push(`${request.method} ${request.headers.get('authorization')}`);
          return [200, accepted];
        });
    }
    const location = 'https://elsewhere.example/typing';
    answerOnce({ status, body: accepted, headers: { location } });

    const start = connectSafely({ apiKey }).start({ conversationUrn }, {});
    const error = await failureOf(start, ['elsewhere.example']);
    expect(fieldsOf(error)).toEqual({ code: 'bad-response', retryable: false, status });
    expect(asked).toEqual([]);
  },
);

test('a failed start is not tried again by the adapter', async () => {
  const seen = answerOnce({ status: 503, body: bodyMarker }, { path: typingPath });
  await failureOf(connectSafely({ apiKey }).start({ conversationUrn }, {}));
  expect(seen).toHaveLength(1);
});
