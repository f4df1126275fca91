import { inspect } from 'node:util';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { linqWebhookSubscriptions } from '../../src/webhook/index.ts';
import { everyPrintOf, failureOf, thrownBy } from '../support/failure.ts';
import {
  answerOnce,
  apiKey,
  envelope,
  onlyAnnouncedRequests,
  theOnly,
} from '../support/linq-vendor.ts';
import { secret } from '../support/webhook-events.ts';

onlyAnnouncedRequests();

const path = '/api/partner/v3/webhook-subscriptions';
const id = 'b2c3d4e5-f6a7-8901-bcde-f23456789012';
const url = 'https://bot.example/linq?line=1&token=never-quote-me';
const phoneNumber = '+12025550100';
/** As Linq's SDK has it. */
const record = {
  id,
  target_url: `${url}&version=2026-02-03`,
  subscribed_events: ['chat.typing_indicator.started', 'chat.typing_indicator.stopped'],
  is_active: true,
  created_at: '2026-02-05T19:31:13.736Z',
  updated_at: '2026-02-05T19:31:13.736Z',
  phone_numbers: null,
};
const plain = {
  id,
  url: record.target_url,
  events: record.subscribed_events,
  isActive: true,
  phoneNumbers: [],
};
const subscriptions = linqWebhookSubscriptions({ apiKey });

describe('to subscribe', () => {
  test('asks for messages, too, where that is wished', async () => {
    const body = { ...record, signing_secret: secret };
    const seen = answerOnce({ status: 201, body }, { path });
    await subscriptions.create({ url, messages: true });
    expect(JSON.parse(theOnly(seen).body).subscribed_events).toEqual([
      ...record.subscribed_events,
      'message.received',
    ]);
  });

  test.each([200, 201, 202])(
    'asks for the two events, and gives the secret (%i)',
    async (status) => {
      const seen = answerOnce({ status, body: { ...record, signing_secret: secret } }, { path });
      const created = await subscriptions.create({ url });
      expect(created).toEqual({ ...plain, signingSecret: secret });
      const request = theOnly(seen);
      expect(request.method).toBe('POST');
      expect(request.headers['authorization']).toBe(`Bearer ${apiKey}`);
      expect(request.headers['content-type']).toBe('application/json');
      expect(JSON.parse(request.body)).toEqual({
        target_url: record.target_url,
        subscribed_events: record.subscribed_events,
      });
    },
  );

  test('asks for some lines only, where that is wished', async () => {
    const body = { ...record, phone_numbers: [phoneNumber], signing_secret: secret };
    const seen = answerOnce({ status: 201, body }, { path });
    const { phoneNumbers } = await subscriptions.create({ url, phoneNumbers: [phoneNumber] });
    expect(phoneNumbers).toEqual([phoneNumber]);
    expect(JSON.parse(theOnly(seen).body)).toMatchObject({ phone_numbers: [phoneNumber] });
  });

  test('leaves a version in the URL as it is', async () => {
    const seen = answerOnce({ status: 201, body: { ...record, signing_secret: secret } }, { path });
    await subscriptions.create({ url: 'https://bot.example/linq?version=2025-01-01' });
    expect(JSON.parse(theOnly(seen).body)).toMatchObject({
      target_url: 'https://bot.example/linq?version=2025-01-01',
    });
  });

  test.each<[string, object, string]>([
    ['http', { url: 'http://bot.example/never-quote-me' }, 'url must be an https URL'],
    ['no URL', { url: 'never-quote-me' }, 'url must be an https URL'],
    [
      'a URL with a user',
      { url: 'https://never-quote-me@bot.example' },
      'url must be an https URL',
    ],
    [
      'a URL with a hash',
      { url: 'https://bot.example/#never-quote-me' },
      'url must be an https URL',
    ],
    ['nothing', {}, 'url is required and must be a string'],
    [
      'a number as people write it',
      { url, phoneNumbers: ['(202) 555-0100'] },
      'phoneNumbers.0 must be in E.164',
    ],
    ['no number at all', { url, phoneNumbers: [] }, 'phoneNumbers must not be empty'],
    ['another field', { url, events: ['message.received'] }, 'options has no field called events'],
  ])('refuses %s before any request', async (_, wishes, reason) => {
    const error = await failureOf(subscriptions.create(wishes as { url: string }), [
      'never-quote-me',
      '(202)',
    ]);
    expect(error).toMatchObject({ code: 'misconfigured', provider: 'linq' });
    expect(error.reason).toContain(reason);
  });

  test.each([
    ['the URL', `There is a webhook for ${record.target_url} already`],
    ['the URL as it was given', `There is a webhook for ${url} already`],
    ['the line', `The line ${phoneNumber} is not yours`],
  ])('keeps %s out of the error, where Linq quotes it', async (_, message) => {
    answerOnce({ status: 409, body: envelope(409, 2015, { message }) }, { path });
    const error = await failureOf(subscriptions.create({ url, phoneNumbers: [phoneNumber] }), [
      url,
      'never-quote-me',
      phoneNumber,
    ]);
    expect(error).toMatchObject({ operation: 'subscribe', status: 409, vendorCode: '2015' });
    expect(error.reason).toContain('…');
  });

  test('keeps the secret out of the error, where the rest of the answer is not what Linq promises', async () => {
    const body = { ...record, id: 7, signing_secret: secret };
    answerOnce({ status: 201, body }, { path });
    const error = await failureOf(subscriptions.create({ url }), [secret]);
    expect(error).toMatchObject({ code: 'bad-response', operation: 'subscribe', status: 201 });
  });
});

test('the list holds all webhooks of the account, and no secret', async () => {
  const other = {
    ...record,
    id: 'other',
    is_active: false,
    subscribed_events: ['message.received'],
    phone_numbers: [phoneNumber],
    signing_secret: secret,
  };
  const seen = answerOnce(
    { status: 200, body: { subscriptions: [record, other] } },
    { path, method: 'GET' },
  );
  const list = await subscriptions.list();
  expect(list).toEqual([
    plain,
    {
      id: 'other',
      url: record.target_url,
      events: ['message.received'],
      isActive: false,
      phoneNumbers: [phoneNumber],
    },
  ]);
  expect(inspect(list, { depth: null })).not.toContain(secret);
  expect(theOnly(seen).body).toBe('');
});

test.each([{}, { data: [] }, 'no JSON', { subscriptions: [{ id: 1 }] }])(
  'a list that is %j is a bad response',
  async (body) => {
    answerOnce({ status: 200, body }, { path, method: 'GET' });
    const error = await failureOf(subscriptions.list());
    expect(error.code).toBe('bad-response');
  },
);

test('one is removed by its id', async () => {
  const seen = answerOnce({ status: 204 }, { path: `${path}/${id}`, method: 'DELETE' });
  await expect(subscriptions.remove(id)).resolves.toBeUndefined();
  expect(theOnly(seen).body).toBe('');
});

test('one that is gone already is not found', async () => {
  answerOnce(
    { status: 404, body: envelope(404, 2010) },
    { path: `${path}/${id}`, method: 'DELETE' },
  );
  const error = await failureOf(subscriptions.remove(id));
  expect(error).toMatchObject({ code: 'not-found', operation: 'subscribe', vendorCode: '2010' });
});

test.each(['', '..', 'a/b', 'a b'])('the id %j is refused before any request', async (wrong) => {
  const error = await failureOf(subscriptions.remove(wrong));
  expect(error).toMatchObject({
    code: 'misconfigured',
    reason: 'id must be the id of a subscription',
  });
});

test('an aborted call makes no request', async () => {
  const reason = { the: "caller's own" };
  const call = { signal: AbortSignal.abort(reason) };
  await expect(subscriptions.create({ url }, call)).rejects.toBe(reason);
  await expect(subscriptions.list(call)).rejects.toBe(reason);
  await expect(subscriptions.remove(id, call)).rejects.toBe(reason);
});

test('another Linq is asked where baseUrl says so', async () => {
  const seen = nock('https://linq.example').get('/v3/webhook-subscriptions');
  seen.reply(200, { subscriptions: [] });
  const elsewhere = linqWebhookSubscriptions({ apiKey, baseUrl: 'https://linq.example/' });
  expect(await elsewhere.list()).toEqual([]);
});

test('options that are wrong are refused without being quoted', () => {
  const wrong = { apiKey: 'never quote me', baseUrl: 'https://linq.example/v3' };
  const error = thrownBy(() => linqWebhookSubscriptions(wrong));
  expect(error.code).toBe('misconfigured');
  expect(error.reason).toContain('baseUrl must end before /v3');
  for (const print of everyPrintOf(error)) expect(print).not.toContain('never quote');
});
