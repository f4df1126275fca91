import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../src/index.ts';
import type { DiagnosisAnswer, Snapshot } from '../src/protocol/snapshot.ts';

let playground: Playground;

beforeAll(async () => {
  playground = await startPlayground();
}, 60_000);

afterAll(() => playground.close());

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** As it comes over the wire: `fetch` would not let a test say whose page asks. */
function ask(
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, playground.url), { method, headers }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: text }));
    });
    outgoing.on('error', reject).end(body);
  });
}

const json = { 'content-type': 'application/json' };
const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  ask('POST', path, { ...json, ...headers }, JSON.stringify(body));

/** Reads snapshots until one is as it should be. */
async function until(isRight: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
  const response = await fetch(new URL('events', playground.url));
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += new TextDecoder().decode(chunk);
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const snapshot: Snapshot = JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? '');
      if (isRight(snapshot)) return snapshot;
    }
  }
  throw new Error('The stream of events has ended.');
}

describe('only the page itself may ask', () => {
  const settings = { speed: 5 };

  test('its own origin may', async () => {
    const origin = new URL(playground.url).origin;
    expect(await post('/api/settings', settings, { origin })).toMatchObject({ status: 200 });
  });

  test.for<Record<string, string>>([
    { origin: 'https://example.com' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { host: 'rebound.example.com' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('%o may not', async (headers) => {
    expect(await post('/api/settings', { speed: 20 }, headers)).toMatchObject({ status: 403 });
    expect(await ask('GET', '/events', headers)).toMatchObject({ status: 403 });
  });

  test('another site may link to it', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect(await ask('GET', '/', headers)).toMatchObject({ status: 200 });
  });

  test('a form of another site, which can send text only, changes nothing', async () => {
    const headers = { 'content-type': 'text/plain' };
    const answer = await ask('POST', '/api/settings', headers, JSON.stringify(settings));
    expect(answer).toMatchObject({ status: 400 });
  });
});

describe('what is asked for is checked first', () => {
  test.for<[path: string, body: object, complaint: string]>([
    ['/api/settings', { speed: 0 }, 'speed'],
    ['/api/settings', { bot: { thinkMs: 1e9 } }, 'bot.thinkMs'],
    ['/api/settings', { trouble: { imessage: 'gremlins' } }, 'trouble.imessage'],
    ['/api/settings', { sped: 5 }, 'sped'],
    ['/api/settings', { phones: ['imessage', 'imessage'] }, 'phones'],
    ['/api/settings', { phones: ['imessage', 'pigeon'] }, 'phones.1'],
    ['/api/settings', { chats: { imessage: 'loud' } }, 'chats.imessage'],
    ['/api/settings', { switches: { imessage: { era: 'may' } } }, 'switches.imessage.era'],
    ['/api/messages', { channel: 'imessage', text: '   ' }, 'text'],
    ['/api/messages', { channel: 'pigeon', text: 'Hello' }, 'channel'],
    ['/api/person-typing', { channel: 'imessage' }, 'isTyping'],
    ['/api/diagnoses', {}, 'channel'],
    ['/api/steps', { forMs: 0 }, 'forMs'],
    [
      '/api/settings',
      { retryAfterSeconds: 999 },
      'retryAfterSeconds must be a whole number of seconds from 1 to 300',
    ],
  ])('%s with %j is refused, and says what is wrong', async ([path, body, complaint]) => {
    const { status, body: answer } = await post(path, body);
    expect([status, JSON.parse(answer).error]).toEqual([400, expect.stringContaining(complaint)]);
  });

  test('a body of more than 4 KiB is not read', async () => {
    const text = 'a'.repeat(5_000);
    expect(await post('/api/messages', { channel: 'imessage', text })).toMatchObject({
      status: 413,
    });
  });

  test.for(['/nothing.js', '/../package.json', '/%2e%2e/package.json', '/events/more'])(
    '%s is not there',
    async (path) => {
      expect(await ask('GET', path, {})).toMatchObject({ status: 404 });
    },
  );

  test('a webhook that is not signed is refused', async () => {
    expect(await post('/webhooks/linq', {})).toMatchObject({ status: 401 });
  });
});

describe('the page needs nothing from elsewhere', () => {
  test('and its policy forbids it', async () => {
    const response = await fetch(playground.url);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(await response.text()).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });
});

describe('the stream of events', () => {
  test('tells of the bot, the requests, the engine and the bubble', async () => {
    await post('/api/resets', {});
    await post('/api/settings', { bot: { thinkMs: 20_000 }, speed: 1 });
    await post('/api/messages', { channel: 'imessage', text: 'Hello?' });
    const busy = await until(({ phones }) => phones.imessage?.isBubbleVisible === true);
    expect(busy.phones.imessage?.turns).toMatchObject([{ toMs: null }]);
    expect(busy.phones.imessage?.sessions).toHaveLength(1);
    await post('/api/settings', { speed: 20 });
    const done = await until(({ phones }) => phones.imessage?.messages.length === 3);
    const { requests, events, bubbles } = done.phones.imessage ?? {
      requests: [],
      events: [],
      bubbles: [],
    };
    expect(requests.map(({ kind }) => kind)).toEqual(['start', 'message']);
    expect(events.map(({ type }) => type)).toContain('started');
    expect(bubbles).toMatchObject([{ endedBy: 'message' }]);
  });

  test('holds no key', async () => {
    await post('/api/settings', { trouble: { imessage: 'wrong-key' } });
    await post('/api/messages', { channel: 'imessage', text: 'Hello?' });
    const snapshot = await until(
      ({ phones }) =>
        phones.imessage?.events.some(({ code }) => code === 'unauthenticated') === true,
    );
    expect(JSON.stringify(snapshot)).not.toMatch(/not-the-key|simulator-key|Bearer/);
  });
});

describe('why nothing is seen', () => {
  const diagnosis = async (): Promise<DiagnosisAnswer> =>
    JSON.parse((await post('/api/diagnoses', { channel: 'imessage' })).body);

  test('a start that has just failed may fail again, until what goes wrong is switched off', async () => {
    await post('/api/resets', {});
    await post('/api/settings', { bot: { thinkMs: 1_000 }, trouble: { imessage: 'server-error' } });
    await post('/api/messages', { channel: 'imessage', text: 'Hello?' });
    // Also when the bot has long answered.
    await until(({ phones }) => phones.imessage?.messages.length === 3);
    expect(await diagnosis()).toMatchObject({
      willShow: 'unknown',
      reasons: [
        {
          code: 'unavailable',
          effect: 'may-hide',
          message: expect.stringContaining('the last start has failed: 500'),
        },
      ],
    });
    await post('/api/settings', { trouble: { imessage: 'none' } });
    expect(await diagnosis()).toMatchObject({ willShow: 'yes', reasons: [] });
  });
});

describe('time', () => {
  test('stands still, and goes on by as much as it is stepped', async () => {
    await post('/api/resets', {});
    await post('/api/settings', { isPaused: true });
    const { nowMs } = await until(({ settings }) => settings.isPaused);
    await post('/api/messages', { channel: 'imessage', text: 'Hello?' });
    const stepped = async (forMs: number): Promise<number> => {
      await post('/api/steps', { forMs });
      return (await until(() => true)).nowMs - nowMs;
    };
    expect(await stepped(1_000)).toBeCloseTo(1_000);
    expect(await stepped(500)).toBeCloseTo(1_500);
    const { phones } = await until(
      ({ phones: { imessage } }) => imessage?.isBubbleVisible === true,
    );
    expect(phones.imessage?.messages).toHaveLength(2);
    expect(await stepped(10_000)).toBeCloseTo(11_500);
    await until((snapshot) => snapshot.phones.imessage?.messages.length === 3);
    await post('/api/settings', { isPaused: false });
  });
});

describe('a playground', () => {
  test('can be closed while everything hangs, and twice', async () => {
    const other = await startPlayground();
    const answer = fetch(new URL('events', other.url));
    await answer;
    for (const [path, body] of [
      ['api/settings', { trouble: { imessage: 'hang', linkedin: 'hang' } }],
      ['api/messages', { channel: 'imessage', text: 'Hello?' }],
      ['api/messages', { channel: 'linkedin', text: 'Hello?' }],
    ] as const)
      await fetch(new URL(path, other.url), {
        method: 'POST',
        headers: json,
        body: JSON.stringify(body),
      });
    await Promise.all([other.close(), other.close()]);
    await expect(fetch(other.url)).rejects.toThrow();
  });

  test('says that its port is taken', async () => {
    const port = Number(new URL(playground.url).port);
    await expect(startPlayground({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
