import { createTyping } from '@typingkit/core';
import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import { twilio, twilioAddress } from '../src/index.ts';

const credentials = { accountSid: 'AC1', authToken: 'token' };
const onWhatsApp = { messageId: 'SM0123456789abcdef0123456789abcdef' };
const onApple = {
  from: 'apple:2ad65ca2-6b5e-4a3b-9c4a-1b1f5d1e3f7a',
  to: 'apple:urn:mbid:AQAAY8iQ',
};
const api = nock('https://messaging.twilio.com');

afterEach(() => {
  nock.cleanAll();
});

describe('one provider for both networks', () => {
  const provider = twilio({ credentials });

  test('says of each target what its network can do', () => {
    expect(provider.capabilitiesOf?.(onWhatsApp)).toMatchObject({
      ttl: { ms: 25_000, source: 'documented' },
      stop: 'expires',
      sideEffects: ['marks-read'],
    });
    expect(provider.capabilitiesOf?.(onApple)).toMatchObject({
      ttl: { ms: 60_000, source: 'assumed' },
      stop: 'explicit',
      sideEffects: [],
    });
  });

  test('starts on both, and stops on the one that has a stop', async () => {
    const scope = api
      .post('/v2/Indicators/Typing.json', `channel=whatsapp&messageId=${onWhatsApp.messageId}`)
      .reply(200, { success: true })
      .post('/v3/Indicators/Typing.json', { channel: 'APPLE', ...onApple, event: 'START' })
      .reply(200, { success: true })
      .post('/v3/Indicators/Typing.json', { channel: 'APPLE', ...onApple, event: 'END' })
      .reply(200, { success: true });
    const typing = createTyping({ channels: { twilio: provider } });
    await typing.send('twilio', onWhatsApp);
    await typing.send('twilio', onApple);
    await expect(typing.stop('twilio', onWhatsApp)).resolves.toHaveProperty('status', 'expires');
    await expect(typing.stop('twilio', onApple)).resolves.toHaveProperty('status', 'cleared');
    expect(scope.isDone()).toBe(true);
    await typing.close();
  });
});

test('a diagnosis asks nobody, and claims nothing', async () => {
  const typing = createTyping({ channels: { twilio: twilio({ credentials }) } });
  const asked = nock(/.*/).get(/.*/).reply(200);
  const { willShow, reasons } = await typing.diagnose('twilio', onWhatsApp);
  expect([willShow, reasons.map(({ code }) => code)]).toEqual(['unknown', ['unverified']]);
  expect(reasons[0]?.message).toContain('the id of a recent message of theirs');
  expect(asked.isDone()).toBe(false);
  await typing.close();
});

test('how long it shows on Apple’s network is for the caller to know', () => {
  const address = twilioAddress({ network: 'apple', appleLifetimeMs: 30_000, keyName: 'main' });
  expect(address.capabilities.ttl).toEqual({ kind: 'fixed', ms: 30_000, source: 'assumed' });
  expect(address.credentialKey?.(onApple)).toBe('main');
});
