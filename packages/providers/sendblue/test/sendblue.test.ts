import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import { sendblue, sendblueAddress } from '../src/index.ts';

const credentials = { apiKeyId: 'key-id', apiSecretKey: 'secret-key' };
const target = { number: '+14155551234', fromNumber: '+19175551234' };
const provider = sendblue({ credentials });
const api = nock('https://api.sendblue.com');

afterEach(() => {
  nock.cleanAll();
});

test.for([300_000, 299_999.6])('the caller chooses for how long: %s ms', async (ttlMs) => {
  const body = {
    number: target.number,
    from_number: target.fromNumber,
    state: 'start',
    max_duration_ms: 300_000,
  };
  const scope = api.post('/api/send-typing-indicator', body).reply(200, { status: 'SENT' });
  await provider.start(target, { ttlMs });
  expect(scope.isDone()).toBe(true);
});

test('a target without a line needs the option', () => {
  const { number } = target;
  expect(() => provider.parseTarget({ number })).toThrow('fromNumber is missing');
  expect(sendblueAddress().parseTarget({ number })).toEqual({ number });
  const { fromNumber } = target;
  expect(sendblue({ credentials, fromNumber }).parseTarget({ number })).toEqual(target);
});

test('a message that names no line has a target without one', () => {
  const { number } = target;
  const message = { is_outbound: false, from_number: number, service: 'iMessage' };
  expect(sendblueAddress().targetsIn?.(message)).toEqual([{ number }]);
});

test('an account can have a name', () => {
  expect(sendblueAddress({ keyName: 'main' }).credentialKey?.(target)).toBe('main');
});

describe('a diagnosis', () => {
  const number = encodeURIComponent(target.number);
  const online = { sendblue_number: target.fromNumber, status: 'ONLINE' };

  const nowMs = Date.UTC(2026, 10, 20, 12);
  const date = { date: new Date(nowMs).toUTCString() };
  const sent = (agoMs: number) => ({ date_sent: new Date(nowMs - agoMs).toISOString() });

  async function codes(
    line: object,
    service: string,
    contact: [number, object],
    data: unknown = [sent(1_000)],
  ): Promise<unknown> {
    api.get('/api/v2/lines/state').reply(200, { data: [line] });
    api.get(`/api/evaluate-service?number=${number}`).reply(200, { service });
    api.get(`/api/v2/contacts/${number}`).reply(...contact);
    api.get('/api/v2/messages').query(true).reply(200, { data }, date);
    const diagnosis = await provider.diagnose?.(target, {});
    return diagnosis?.reasons.map(({ code }) => code);
  }

  test.for<
    [what: string, line: object, service: string, contact: [number, object], code: string[]]
  >([
    ['somebody who is no contact', online, 'iMessage', [404, {}], []],
    ['SMS', online, 'SMS', [200, { contact: {} }], ['service']],
    [
      'a line of somebody else',
      { ...online, sendblue_number: '+1' },
      'iMessage',
      [404, {}],
      ['wrong-owner'],
    ],
    [
      'somebody who has opted out',
      online,
      'iMessage',
      [200, { contact: { opt_out: true } }],
      ['opted-out'],
    ],
  ])('%s', async ([, line, service, contact, expected]) => {
    expect(await codes(line, service, contact)).toEqual([...expected, 'unverified']);
  });

  test('a line that is offline', async () => {
    const offline = { ...online, status: 'OFFLINE' };
    expect(await codes(offline, 'iMessage', [404, {}])).toEqual(['line', 'unverified']);
  });

  test.for<[what: string, data: unknown, codes: string[]]>([
    ['that is new', [sent(299_000), sent(9_000_000)], []],
    ['that is old', [sent(301_000)], ['inactive-chat']],
    ['that there is not', [], ['inactive-chat']],
    ['whose date says nothing', [{ date_sent: null }], []],
    ['in an answer that cannot be read', 'none', []],
  ])('a newest message %s', async ([, data, expected]) => {
    expect(await codes(online, 'iMessage', [404, {}], data)).toEqual([...expected, 'unverified']);
  });

  test('an answer about the network that says nothing is no diagnosis', async () => {
    api.get('/api/v2/lines/state').reply(200, { data: [online] });
    api.get(`/api/evaluate-service?number=${number}`).reply(200, {});
    await expect(provider.diagnose?.(target, {})).rejects.toMatchObject({ code: 'bad-response' });
  });
});
