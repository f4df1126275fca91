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
      { service: 'kapso', version: 'v24.0' },
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
