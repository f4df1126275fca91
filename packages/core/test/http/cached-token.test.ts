import { describe, expect, test } from 'vitest';
import { cachedToken } from '../../src/http/cached-token.ts';
import { vendorClient, type VendorClient } from '../../src/http/vendor-client.ts';
import { virtualClock } from '../time/virtual-clock.ts';
import { failure } from './vendor.ts';

const baseUrl = 'https://api.vendor.test';
const secret = 'client-secret_9f8e7d6c5b4a';

interface Stage {
  readonly client: VendorClient<string>;
  readonly clock: ReturnType<typeof virtualClock>;
  /** `token` for each token that was fetched, and the bearer of each other request. */
  readonly sent: string[];
  /** What the next requests are answered. Default: a token for an hour, and 200. */
  readonly answers: (() => Response | Promise<Response>)[];
}

function stage(): Stage {
  const clock = virtualClock();
  const sent: string[] = [];
  const answers: Stage['answers'] = [];
  let tokens = 0;
  const fetch = async (request: Request): Promise<Response> => {
    const isToken = request.url.endsWith('/token');
    sent.push(isToken ? 'token' : String(request.headers.get('authorization')));
    const answer = answers.shift();
    if (answer) return answer();
    if (!isToken) return new Response('{}');
    tokens += 1;
    return Response.json({ access_token: `t-${tokens}`, expires_in: 3_600, token_type: 'Bearer' });
  };
  const token = cachedToken<{ id: string; secret: string }, string>({
    request: ({ id, secret: clientSecret }, tenant) => ({
      url: `https://login.vendor.test/${tenant}/token`,
      form: { grant_type: 'client_credentials', client_id: id, client_secret: clientSecret },
    }),
    clock,
  });
  const options = { apiKey: { id: 'app', secret }, baseUrl, timeoutMs: 1_000, fetch };
  const client = vendorClient<{ id: string; secret: string }, string>('vendor', options, { token });
  return { client, clock, sent, answers };
}

const request = { operation: 'start', method: 'post', path: '/typing', expects: 200 } as const;
const inTenant = (target: string) => ({ ...request, target });

describe('a token that has to be fetched', () => {
  test('is kept until shortly before its end', async () => {
    const { client, clock, sent } = stage();
    await client(inTenant('a'), {});
    await client(inTenant('a'), {});
    clock.advance(3_539_000);
    await client(inTenant('a'), {});
    expect(sent).toEqual(['token', 'Bearer t-1', 'Bearer t-1', 'Bearer t-1']);
    clock.advance(1_000);
    await client(inTenant('a'), {});
    expect(sent.slice(4)).toEqual(['token', 'Bearer t-2']);
  });

  test('is fetched once for all who wait, and apart for each target that needs its own', async () => {
    const { client, sent } = stage();
    await Promise.all([
      client(inTenant('a'), {}),
      client(inTenant('a'), {}),
      client(inTenant('b'), {}),
    ]);
    expect(sent.filter((one) => one === 'token')).toHaveLength(2);
    expect(sent.filter((one) => one.startsWith('Bearer'))).toHaveLength(3);
  });

  test('is forgotten after a 401 of the vendor, and only then', async () => {
    const { client, sent, answers } = stage();
    await client(inTenant('a'), {});
    answers.push(() => new Response('', { status: 403 }));
    expect((await failure(client(inTenant('a'), {}))).code).toBe('forbidden');
    answers.push(() => new Response('', { status: 401 }));
    expect((await failure(client(inTenant('a'), {}))).code).toBe('unauthenticated');
    await client(inTenant('a'), {});
    expect(sent).toEqual([
      'token',
      'Bearer t-1',
      'Bearer t-1',
      'Bearer t-1',
      'token',
      'Bearer t-2',
    ]);
  });

  test.for<[status: number, body: unknown, code: string]>([
    [400, { error: 'invalid_client', error_description: `No app ${secret}` }, 'unauthenticated'],
    [401, { error: 'invalid_client' }, 'unauthenticated'],
    [429, {}, 'rate-limited'],
    [503, '<html>', 'unavailable'],
    [302, '', 'bad-response'],
    [200, { token: 't' }, 'bad-response'],
    [200, '<html>', 'bad-response'],
  ])(
    'that is refused with %d %j is %s, and the vendor is not asked',
    async ([status, body, code]) => {
      const { client, sent, answers } = stage();
      answers.push(
        () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }),
      );
      const error = await failure(client(inTenant('a'), {}));
      expect(error).toMatchObject({ code, provider: 'vendor', operation: 'start' });
      expect(JSON.stringify(error)).not.toContain(secret);
      expect(sent).toEqual(['token']);
      // The next call tries again.
      await client(inTenant('a'), {});
      expect(sent).toEqual(['token', 'token', 'Bearer t-1']);
    },
  );

  test('that hangs is given up by each of those who wait, in their own time', async () => {
    const { client, answers } = stage();
    answers.push(() => new Promise(() => {}));
    const controller = new AbortController();
    const aborted = client(inTenant('a'), { signal: controller.signal });
    const late = failure(client(inTenant('a'), {}));
    controller.abort('enough');
    await expect(aborted).rejects.toBe('enough');
    expect((await late).code).toBe('timeout');
  });

  test('stays out of the error of an answer that quotes it', async () => {
    const { client, answers } = stage();
    await client(inTenant('a'), {});
    const quoting = vendorClient<{ id: string; secret: string }, string>(
      'vendor',
      {
        apiKey: { id: 'app', secret },
        baseUrl,
        timeoutMs: 1_000,
        fetch: async (asked) =>
          asked.url.endsWith('/token')
            ? Response.json({ access_token: 'fetched-token_1234567890' })
            : Response.json(
                { message: `bad ${asked.headers.get('authorization')} of ${secret}` },
                { status: 400 },
              ),
      },
      {
        token: cachedToken({ request: () => ({ url: `${baseUrl}/token`, form: {} }) }),
        readError: ({ body, redact }) => ({ reason: redact.sentence(Object(body).message) }),
      },
    );
    const error = await failure(quoting(inTenant('a'), {}));
    expect(error.reason).toBe('bad Bearer … of …');
    expect(answers).toEqual([]);
  });
});
