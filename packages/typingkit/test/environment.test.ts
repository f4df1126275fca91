import nock from 'nock';
import { describe, expect, test, vi } from 'vitest';
import { environment as variables } from 'typingkit/environment';
import {
  answerConnectSafely,
  answerLinq,
  chatId,
  conversationUrn,
  freshKit,
  guardProcess,
} from './fresh-kit.ts';

guardProcess();

describe('the environment', () => {
  test('is read when a channel is first used, not when the package is imported', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_at_import');
    const { sendTyping } = await freshKit();
    vi.stubEnv('LINQ_API_KEY', 'sk_at_use');
    answerLinq('sk_at_use');
    await expect(sendTyping('imessage', { chatId })).resolves.toMatchObject({ status: 'accepted' });
  });

  test.for<[environment: Readonly<Record<string, string>>, origin: string, base: string]>([
    [{ LINQ_API_KEY: 'sk_1' }, 'https://api.linqapp.com', '/api/partner'],
    [{ LINQ_API_V3_API_KEY: 'sk_1' }, 'https://api.linqapp.com', '/api/partner'],
    [
      { LINQ_API_KEY: 'sk_1', LINQ_API_V3_API_KEY: 'sk_2' },
      'https://api.linqapp.com',
      '/api/partner',
    ],
    [{ LINQ_API_KEY: ' sk_1\n' }, 'https://api.linqapp.com', '/api/partner'],
    [{ LINQ_API_KEY: '', LINQ_API_V3_API_KEY: 'sk_1' }, 'https://api.linqapp.com', '/api/partner'],
    [
      { LINQ_API_KEY: '  ', LINQ_API_V3_API_KEY: 'sk_1' },
      'https://api.linqapp.com',
      '/api/partner',
    ],
    [{ LINQ_API_KEY: 'sk_1', LINQ_API_BASE_URL: '' }, 'https://api.linqapp.com', '/api/partner'],
    [
      { LINQ_API_KEY: 'sk_1', LINQ_API_BASE_URL: 'http://linq.example/x/' },
      'http://linq.example',
      '/x',
    ],
    [
      { LINQ_API_KEY: 'sk_1', LINQ_API_V3_BASE_URL: 'http://linq.example' },
      'http://linq.example',
      '',
    ],
    [
      {
        LINQ_API_KEY: 'sk_1',
        LINQ_API_BASE_URL: 'http://one.example',
        LINQ_API_V3_BASE_URL: 'http://two.example',
      },
      'http://one.example',
      '',
    ],
  ])('configures iMessage by %j', async ([environment, origin, base]) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { sendTyping } = await freshKit();
    answerLinq('sk_1', origin, base);
    await expect(sendTyping('imessage', { chatId })).resolves.toMatchObject({ status: 'accepted' });
  });

  test('configures LinkedIn', async () => {
    vi.stubEnv('CONNECTSAFELY_API_KEY', 'sk_safe');
    vi.stubEnv('CONNECTSAFELY_ACCOUNT_ID', ' acc_1 ');
    vi.stubEnv('CONNECTSAFELY_BASE_URL', 'http://safe.example/linkedin');
    const { sendTyping } = await freshKit();
    answerConnectSafely('sk_safe', { conversationUrn, accountId: 'acc_1' }, 'http://safe.example');
    await expect(sendTyping('linkedin', { conversationUrn })).resolves.toMatchObject({
      status: 'accepted',
    });
  });

  test.for<[environment: Readonly<Record<string, string>>]>([
    [{}],
    [{ DISCORD_BOT_TOKEN: '' }],
    [{ DISCORD_BOT_TOKEN: ' \t ', DISCORD_TOKEN: '' }],
  ])(
    'without a token for Discord (%j) is an error that names both ways to give it',
    async ([environment]) => {
      for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
      const { sendTyping } = await freshKit();
      await expect(
        sendTyping('discord', { channelId: '1234567890123456789' }),
      ).rejects.toMatchObject({
        code: 'misconfigured',
        channel: 'discord',
        provider: 'discord',
        message:
          '[discord/discord] botToken is missing. Set DISCORD_BOT_TOKEN or DISCORD_TOKEN in the environment, ' +
          'or call configureTyping({ channels: { discord: discord({ botToken }) } }).',
      });
    },
  );

  test('without a key of any vendor of iMessage is an error that names the ways to give one', async () => {
    const { sendTyping } = await freshKit();
    await expect(sendTyping('imessage', { chatId })).rejects.toMatchObject({
      code: 'misconfigured',
      channel: 'imessage',
      message:
        '[imessage] no provider of this channel is configured. Set LINQ_API_KEY for Linq; ' +
        'or SENDBLUE_API_KEY_ID, SENDBLUE_API_SECRET_KEY and SENDBLUE_FROM_NUMBER for Sendblue; ' +
        'or BLUEBUBBLES_PASSWORD and BLUEBUBBLES_SERVER_URL for BlueBubbles. ' +
        'Set them in the environment, or call configureTyping({ channels }).',
    });
  });

  test('with the keys of one vendor of iMessage goes there, with those of two asks which', async () => {
    vi.stubEnv('SENDBLUE_API_KEY_ID', 'id');
    vi.stubEnv('SENDBLUE_API_SECRET_KEY', 'secret');
    vi.stubEnv('SENDBLUE_FROM_NUMBER', '+19175551234');
    const sent = nock('https://api.sendblue.com')
      .post('/api/send-typing-indicator')
      .reply(200, { status: 'SENT', error_message: null });
    const { sendTyping } = await freshKit();
    const number = '+14155551234';
    await expect(sendTyping('imessage', { number })).resolves.toHaveProperty(
      'provider',
      'sendblue',
    );
    expect(sent.isDone()).toBe(true);
    await expect(sendTyping('imessage', { chatId })).rejects.toMatchObject({
      code: 'invalid-target',
      message: expect.stringContaining('is not a target of Sendblue but one of Linq'),
    });

    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const both = await freshKit();
    await expect(both.sendTyping('imessage', { number })).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining(
        'Set TYPINGKIT_IMESSAGE to the one to use: linq or sendblue.',
      ),
    });
    vi.stubEnv('TYPINGKIT_IMESSAGE', 'linq');
    await expect(both.sendTyping('imessage', { number })).rejects.toMatchObject({
      code: 'invalid-target',
      message: expect.stringContaining('is not a target of Linq but one of Sendblue'),
    });
  });

  test('without a key for LinkedIn is an error that names what each vendor needs', async () => {
    const { sendTyping } = await freshKit();
    await expect(sendTyping('linkedin', { conversationUrn })).rejects.toMatchObject({
      code: 'misconfigured',
      channel: 'linkedin',
      message:
        '[linkedin] no provider of this channel is configured. Set CONNECTSAFELY_API_KEY for ConnectSafely; or ' +
        'UNIPILE_API_KEY and UNIPILE_ACCOUNT_ID for Unipile. ' +
        'Set them in the environment, or call configureTyping({ channels }).',
    });
  });

  test('with one of two keys of Unipile says which one is missing', async () => {
    vi.stubEnv('UNIPILE_API_KEY', 'key');
    const { sendTyping } = await freshKit();
    await expect(sendTyping('linkedin', { chatId: '2-ZXhhbXBsZQ==' })).rejects.toMatchObject({
      code: 'misconfigured',
      provider: 'unipile',
      message: expect.stringContaining('Set UNIPILE_ACCOUNT_ID in the environment'),
    });
  });

  test('with keys of both vendors of LinkedIn asks for a choice, and keeps to it', async () => {
    vi.stubEnv('CONNECTSAFELY_API_KEY', 'sk_safe');
    vi.stubEnv('UNIPILE_API_KEY', 'key');
    vi.stubEnv('UNIPILE_ACCOUNT_ID', 'acc_1');
    const { sendTyping } = await freshKit();
    await expect(sendTyping('linkedin', { conversationUrn })).rejects.toMatchObject({
      message: expect.stringContaining(
        'Set TYPINGKIT_LINKEDIN to the one to use: connectsafely or unipile.',
      ),
    });
    vi.stubEnv('TYPINGKIT_LINKEDIN', 'unipile');
    await expect(sendTyping('linkedin', { conversationUrn })).rejects.toMatchObject({
      code: 'invalid-target',
      message:
        '[linkedin/unipile] this is not a target of Unipile but one of ConnectSafely. ' +
        'Pass a target of Unipile, or set TYPINGKIT_LINKEDIN to connectsafely.',
    });
  });

  test('that lacks one key breaks only that channel, and only until it is there', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { sendTyping } = await freshKit();
    await expect(sendTyping('linkedin', { conversationUrn })).rejects.toMatchObject({
      code: 'misconfigured',
    });
    answerLinq('sk_linq');
    await sendTyping('imessage', { chatId });
    vi.stubEnv('CONNECTSAFELY_API_KEY', 'sk_safe');
    answerConnectSafely('sk_safe');
    await expect(sendTyping('linkedin', { conversationUrn })).resolves.toMatchObject({
      status: 'accepted',
    });
  });

  test('with a base URL that is none says so without quoting it', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    vi.stubEnv('LINQ_API_BASE_URL', 'https://user:hunter2@linq.example');
    const { sendTyping } = await freshKit();
    await expect(sendTyping('imessage', { chatId })).rejects.toMatchObject({
      code: 'misconfigured',
      message: '[imessage/linq] baseUrl must be an http(s) URL without user, query or hash',
    });
  });

  test.for<[name: string, process: unknown]>([
    ['no process', undefined],
    ['a process without an environment', {}],
  ])('of a runtime with %s is empty', ([, process]) => {
    const own = globalThis.process;
    try {
      Object.assign(globalThis, { process });
      expect(variables.read('PATH')).toBeUndefined();
    } finally {
      globalThis.process = own;
    }
  });
});
