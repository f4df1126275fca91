import 'reflect-metadata';
import nock from 'nock';
import { TYPING } from '@typingkit/tsyringe';
import { container } from 'tsyringe';
import { describe, expect, test, vi } from 'vitest';
import { answerLinq, chatId, freshKit, guardProcess, linqOrigin } from './fresh-kit.ts';

guardProcess();

const path = `/api/partner/v3/chats/${chatId}/typing`;

describe('configureTyping', () => {
  test('without channels keeps those of the environment, and observes them', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_environment');
    nock('https://api.linqapp.com', { reqheaders: { authorization: 'Bearer sk_environment' } })
      .post(`/api/partner/v3/chats/${chatId}/typing`)
      .reply(204);
    const { configureTyping, sendTyping } = await freshKit();
    const events: string[] = [];
    configureTyping({ onEvent: ({ type }) => events.push(type) });
    await sendTyping('imessage', { chatId });
    expect(events).toEqual(['started']);
  });

  test('replaces the default, and the environment is not read', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_environment');
    vi.stubEnv('LINQ_API_BASE_URL', 'http://environment.example');
    const { configureTyping, defaultTyping, linq, sendTyping } = await freshKit();
    const typing = configureTyping({ channels: { imessage: linq({ apiKey: 'sk_code' }) } });
    expect(defaultTyping()).toBe(typing);
    answerLinq('sk_code');
    await expect(sendTyping('imessage', { chatId })).resolves.toMatchObject({ status: 'accepted' });
  });

  test('adds to the channels of the environment', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_environment');
    const { configureTyping, environmentChannels, linq } = await freshKit();
    const typing = configureTyping({
      channels: { ...environmentChannels, second: () => linq({ apiKey: 'sk_second' }) },
    });
    answerLinq('sk_environment');
    await expect(typing.send('imessage', { chatId })).resolves.toMatchObject({
      status: 'accepted',
    });
    answerLinq('sk_second');
    await expect(typing.send('second', { chatId })).resolves.toMatchObject({ status: 'accepted' });
  });

  test.for<[what: string, options: unknown]>([
    ['null', null],
    ['a text', 'linq'],
    ['channels that are null', { channels: null }],
    ['channels that are a list', { channels: [] }],
  ])('refuses %s, and leaves everything as it was', async ([, options]) => {
    const { configureTyping, defaultTyping, linq, sendTyping } = await freshKit();
    const good = configureTyping({ channels: { imessage: linq({ apiKey: 'sk_good' }) } });
    // What JavaScript may pass against the types.
    expect(() => configureTyping(options as object)).toThrow(
      expect.objectContaining({ code: 'misconfigured' }),
    );
    expect(defaultTyping()).toBe(good);
    answerLinq('sk_good');
    await expect(sendTyping('imessage', { chatId })).resolves.toMatchObject({ status: 'accepted' });
  });

  test('leaves exactly the channels that it got', async () => {
    vi.stubEnv('CONNECTSAFELY_API_KEY', 'sk_environment');
    const { configureTyping, linq, sendTyping } = await freshKit();
    configureTyping({ channels: { imessage: linq({ apiKey: 'sk_code' }) } });
    await expect(sendTyping('linkedin', { conversationUrn: 'urn' })).rejects.toMatchObject({
      code: 'unknown-channel',
      message: 'there is no channel called "linkedin". The channels are "imessage".',
    });
  });

  test('takes factories, and calls them when their channel is first used', async () => {
    const { configureTyping, linq, sendTyping } = await freshKit();
    let made = 0;
    configureTyping({
      channels: {
        imessage: () => {
          made += 1;
          return linq({ apiKey: 'sk_code' });
        },
      },
    });
    expect(made).toBe(0);
    answerLinq('sk_code');
    await sendTyping('imessage', { chatId });
    await sendTyping('imessage', { chatId });
    expect(made).toBe(1);
  });

  test('passes the clock on', async () => {
    const { configureTyping, linq, sendTyping } = await freshKit();
    let nowMs = 0;
    const clock = {
      now: () => nowMs,
      setTimer: () => ({ cancel: () => {}, unref: () => {} }),
    };
    configureTyping({ channels: { imessage: linq({ apiKey: 'sk_code' }) }, clock });
    answerLinq('sk_code');
    answerLinq('sk_code');
    await sendTyping('imessage', { chatId });
    nowMs += 10_000;
    await expect(sendTyping('imessage', { chatId })).resolves.toMatchObject({ status: 'accepted' });
  });

  test('closes what was there before, and clears what that had shown', async () => {
    const { configureTyping, linq, sendTyping } = await freshKit();
    const before = configureTyping({ channels: { imessage: linq({ apiKey: 'sk_old' }) } });
    answerLinq('sk_old');
    await sendTyping('imessage', { chatId });
    const cleared = Promise.withResolvers<void>();
    nock(linqOrigin, { reqheaders: { authorization: 'Bearer sk_old' } })
      .delete(path)
      .reply(() => {
        cleared.resolve();
        return [204];
      });
    configureTyping({ channels: { imessage: linq({ apiKey: 'sk_new' }) } });
    await cleared.promise;
    await expect(before.send('imessage', { chatId })).rejects.toMatchObject({ code: 'stopped' });
    answerLinq('sk_new');
    await expect(sendTyping('imessage', { chatId })).resolves.toMatchObject({ status: 'accepted' });
  });
});

describe('the container of the application', () => {
  test('stays as it is', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { configureTyping, defaultTyping, linq } = await freshKit();
    defaultTyping();
    configureTyping({ channels: { imessage: linq({ apiKey: 'sk_code' }) } });
    expect(container.isRegistered(TYPING)).toBe(false);
  });

  test('never reaches the plain functions, whatever is registered in it', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { registerTyping } = await import('@typingkit/tsyringe');
    const { container: root } = await import('tsyringe');
    const { linq, sendTyping } = await freshKit();
    const fake = () => linq({ apiKey: 'sk_of_the_application' });
    // A channel, and an off switch that is meant for another one.
    registerTyping(root, { imessage: fake, pager: fake }, { enabled: () => false });
    answerLinq('sk_linq');
    await expect(sendTyping('imessage', { chatId })).resolves.toMatchObject({ status: 'accepted' });
    await expect(sendTyping('pager' as 'imessage', { chatId })).rejects.toMatchObject({
      code: 'unknown-channel',
    });
    root.reset();
  });

  test('may be disposed of: the plain functions go on, and the work runs', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { defaultTyping, sendTyping, withTyping } = await freshKit();
    const { container: root } = await import('tsyringe');
    defaultTyping();
    await root.dispose();
    await expect(withTyping('imessage', { chatId: '7' }, () => 'done')).resolves.toBe('done');
    answerLinq('sk_linq');
    await expect(sendTyping('imessage', { chatId })).resolves.toMatchObject({ status: 'accepted' });
  });

  test('may be disposed of before the plain functions are first used', async () => {
    const { container: root } = await import('tsyringe');
    const { withTyping } = await freshKit();
    await root.dispose();
    await expect(withTyping('imessage', { chatId }, () => 'done')).resolves.toBe('done');
  });
});

describe('defaultTyping', () => {
  test('is one and the same', async () => {
    const { defaultTyping } = await freshKit();
    expect(defaultTyping()).toBe(defaultTyping());
  });

  test('closes with everything that it has shown', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { defaultTyping, sendTyping } = await freshKit();
    answerLinq('sk_linq');
    await sendTyping('imessage', { chatId });
    nock(linqOrigin).delete(path).reply(204);
    await defaultTyping().close();
    expect(nock.isDone()).toBe(true);
    await expect(sendTyping('imessage', { chatId })).rejects.toMatchObject({ code: 'stopped' });
  });

  test('begins anew with configureTyping after it was closed', async () => {
    const { configureTyping, defaultTyping, linq, sendTyping } = await freshKit();
    await defaultTyping().close();
    configureTyping({ channels: { imessage: linq({ apiKey: 'sk_code' }) } });
    answerLinq('sk_code');
    await expect(sendTyping('imessage', { chatId })).resolves.toMatchObject({ status: 'accepted' });
  });
});
