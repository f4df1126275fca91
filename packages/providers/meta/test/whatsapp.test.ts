import { createTyping } from '@typingkit/core';
import { virtualClock } from '@typingkit/testing/fake';
import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import { whatsapp, whatsappAddress, type WhatsAppOptions } from '../src/index.ts';

const phoneNumberId = '106540352242922';
const messageId = 'wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI';
const body = {
  messaging_product: 'whatsapp',
  status: 'read',
  message_id: messageId,
  typing_indicator: { type: 'text' },
};

afterEach(() => {
  nock.cleanAll();
});

describe('where a request goes, and with which header', () => {
  test.for<
    [options: Partial<WhatsAppOptions>, host: string, path: string, header: [string, string]]
  >([
    [
      {},
      'https://graph.facebook.com',
      `/v25.0/${phoneNumberId}/messages`,
      ['authorization', 'Bearer key'],
    ],
    [
      { service: 'kapso' },
      'https://api.kapso.ai',
      `/meta/whatsapp/v24.0/${phoneNumberId}/messages`,
      ['x-api-key', 'key'],
    ],
    [
      { service: '360dialog' },
      'https://waba-v2.360dialog.io',
      '/messages',
      ['d360-api-key', 'key'],
    ],
    [
      { service: '360dialog', baseUrl: 'https://own.example/waba/' },
      'https://own.example',
      '/waba/messages',
      ['d360-api-key', 'key'],
    ],
  ])('%j', async ([options, host, path, [header, value]]) => {
    const scope = nock(host).post(path, body).matchHeader(header, value);
    const accepted = scope.reply(200, { success: true });
    const provider = whatsapp({ accessToken: 'key', phoneNumberId, ...options });
    await provider.start(provider.parseTarget({ messageId }), {});
    expect(accepted.isDone()).toBe(true);
  });
});

test('the number of the webhook wins over the one of the options', () => {
  const { parseTarget } = whatsapp({ accessToken: 'key', phoneNumberId });
  expect(parseTarget({ messageId, phoneNumberId: '7' })).toMatchObject({ phoneNumberId: '7' });
  expect(parseTarget({ messageId })).toMatchObject({ phoneNumberId });
});

test('without any number there is no request, except where the key is for one', () => {
  const refusal = {
    code: 'invalid-target',
    message:
      '[meta] phoneNumberId is missing in the target and in the options. ' +
      'Pass metadata.phone_number_id of the webhook, or set the option phoneNumberId.',
  };
  const target = { messageId };
  expect(() => whatsapp({ accessToken: 'key' }).parseTarget(target)).toThrow(
    expect.objectContaining(refusal),
  );
  const { parseTarget } = whatsapp({ accessToken: 'key', service: '360dialog' });
  expect(parseTarget(target)).toMatchObject(target);
});

test('messages of one person to one number share a bubble; others do not', () => {
  const { conversationKey } = whatsappAddress();
  const from = '16505551234';
  const keys = [
    { messageId: 'wamid.A', from, phoneNumberId },
    { messageId: 'wamid.B', from, phoneNumberId },
    { messageId: 'wamid.B', from, phoneNumberId: '7' },
    { messageId: 'wamid.A', phoneNumberId },
    { messageId: 'wamid.B', phoneNumberId },
  ].map(conversationKey);
  expect(keys[0]).toBe(keys[1]);
  expect(new Set(keys).size).toBe(4);
});

test('a credential is the number, where there is one', () => {
  const { credentialKey } = whatsappAddress();
  expect(credentialKey?.({ messageId, phoneNumberId })).toBe(`whatsapp ${phoneNumberId}`);
  expect(credentialKey?.({ messageId })).toBeUndefined();
});

test('a minute of work is three starts, each for the newest message of the chat', async () => {
  const started: unknown[] = [];
  const clock = virtualClock();
  const fetch = async (request: Request): Promise<Response> => {
    const { message_id: id } = await request.json();
    started.push([clock.now() / 1_000, id]);
    return Response.json({ success: true });
  };
  const provider = whatsapp({ accessToken: 'key', phoneNumberId, fetch });
  await using typing = createTyping({ channels: { whatsapp: provider }, clock, random: () => 0 });
  const from = '16505551234';
  typing.keep('whatsapp', { messageId: 'wamid.A', from });
  await clock.advance(10_000);
  typing.keep('whatsapp', { messageId: 'wamid.B', from });
  await typing.send('whatsapp', { messageId: 'wamid.B', from });
  await clock.advance(50_000);
  expect(started).toEqual([
    [0, 'wamid.A'],
    [25, 'wamid.B'],
    [50, 'wamid.B'],
  ]);
});

test('after a message of the bot, the next question is answered at once', async () => {
  const clock = virtualClock();
  let starts = 0;
  const fetch = (): Promise<Response> => {
    starts += 1;
    return Promise.resolve(Response.json({ success: true }));
  };
  const provider = whatsapp({ accessToken: 'key', phoneNumberId, fetch });
  await using typing = createTyping({ channels: { whatsapp: provider }, clock });
  const from = '16505551234';
  await typing.with('whatsapp', { messageId: 'wamid.A', from }, async (session) => {
    await clock.advance(2_000);
    session.messageSent();
  });
  await clock.advance(3_000);
  typing.keep('whatsapp', { messageId: 'wamid.B', from });
  await clock.advance(0);
  expect(starts).toBe(2);
});
