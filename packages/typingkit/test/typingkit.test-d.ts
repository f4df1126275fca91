// oxlint-disable vitest/expect-expect -- `@ts-expect-error` is an assertion, too.
import type { LinqTarget } from '@typingkit/linq';
import type { SendblueTarget } from '@typingkit/sendblue';
import { describe, expectTypeOf, test } from 'vitest';
import {
  configureTyping,
  connectSafely,
  type ConnectSafelyTarget,
  createTyping,
  defaultTyping,
  environmentChannels,
  type EnvironmentTargets,
  keepTyping,
  linq,
  type SendOptions,
  sendTyping,
  type StopReceipt,
  stopTyping,
  type Typing,
  type TypingChannels,
  type TypingProvider,
  type TypingReceipt,
  type TypingSession,
  type UnipileTarget,
  withTyping,
} from 'typingkit';
import type { DescribedTargets } from '../src/known-providers.ts';
import type { vendorOf } from './two-vendors.ts';

declare module 'typingkit' {
  interface TypingChannels {
    readonly pager: { readonly number: string };
  }
}

const chatId = '550e8400-e29b-41d4-a716-446655440000';
declare const words: AsyncIterable<string>;
declare const pager: TypingProvider<{ readonly number: string }>;

describe('the plain functions', () => {
  test('take a channel and its own target', () => {
    expectTypeOf(sendTyping('imessage', { chatId })).resolves.toEqualTypeOf<TypingReceipt>();
    expectTypeOf(stopTyping('imessage', { chatId })).resolves.toEqualTypeOf<StopReceipt>();
    void sendTyping('linkedin', { conversationUrn: 'urn' });
    void sendTyping('linkedin', { conversationUrn: 'urn', accountId: undefined });
    void sendTyping('linkedin', { chatId: '2-ZXhhbXBsZQ==', accountId: 'acc_1' });
    void sendTyping('imessage', { chatId }, { timeoutMs: 5, signal: undefined });
    void sendTyping('imessage', { number: '+14155551234' });
    // @ts-expect-error: the targets of several vendors, each whole.
    void sendTyping('imessage', { conversationUrn: 'urn' });
    expectTypeOf(sendTyping<'imessage'>)
      .parameter(2)
      .toEqualTypeOf<SendOptions | undefined>();
  });

  test('take the targets of all vendors of a channel, where one is configured those of that one', () => {
    expectTypeOf<SendblueTarget>().toExtend<EnvironmentTargets['imessage']>();
    expectTypeOf<LinqTarget>().toExtend<EnvironmentTargets['imessage']>();
    const typing = createTyping({ channels: { imessage: linq({ apiKey: 'sk_live' }) } });
    expectTypeOf(typing.send<'imessage'>)
      .parameter(1)
      .toEqualTypeOf<LinqTarget>();
  });

  test('refuse a channel that there is not', () => {
    // @ts-expect-error: a typing error in the channel.
    void sendTyping('imesage', { chatId });
    // @ts-expect-error: a typing error in the channel.
    void stopTyping('linkedIn', { conversationUrn: 'urn' });
    // @ts-expect-error: a channel is a word.
    void sendTyping(7, { chatId });
  });

  test('refuse the target of another channel', () => {
    // @ts-expect-error: this is a LinkedIn target.
    void sendTyping('imessage', { conversationUrn: 'urn' });
    // @ts-expect-error: this is a Discord target.
    void stopTyping('linkedin', { channelId: '1' });
    // @ts-expect-error: a target is an object.
    void sendTyping('imessage', chatId);
    // @ts-expect-error: it cannot be left out.
    void sendTyping('imessage');
  });

  test('refuse a wrong field and one too many', () => {
    // @ts-expect-error: an id is a text.
    void sendTyping('imessage', { chatId: 7 });
    // @ts-expect-error: the id cannot be left out.
    void sendTyping('imessage', {});
    // @ts-expect-error: a chat has no account.
    void sendTyping('imessage', { chatId, accountId: 'a' });
    // @ts-expect-error: it is spelled timeoutMs.
    void sendTyping('imessage', { chatId }, { timeout: 5 });
  });

  test('take channels that the application has declared', () => {
    expectTypeOf<'imessage' | 'linkedin' | 'pager'>().toExtend<keyof TypingChannels>();
    void sendTyping('pager', { number: '7' });
    void defaultTyping().stop('pager', { number: '7' });
    // @ts-expect-error: a number is a text.
    void sendTyping('pager', { number: 7 });
  });
});

describe('the channels of the environment', () => {
  test('can be added to', () => {
    const typing = configureTyping({ channels: { ...environmentChannels, second: () => pager } });
    void typing.send('imessage', { chatId });
    void typing.send('second', { number: '7' });
    // @ts-expect-error: this is an iMessage target.
    void typing.send('second', { chatId });
    // @ts-expect-error: there is no such channel.
    void typing.send('third', { number: '7' });
  });

  test('have the targets of all of their vendors', () => {
    expectTypeOf<LinqTarget | SendblueTarget>().toExtend<EnvironmentTargets['imessage']>();
    expectTypeOf<EnvironmentTargets['linkedin']>().toEqualTypeOf<
      ConnectSafelyTarget | UnipileTarget
    >();
    type Vendors = ReturnType<typeof vendorOf<'number'>> | ReturnType<typeof vendorOf<'cap'>>;
    expectTypeOf<DescribedTargets<Vendors>>().toEqualTypeOf<{
      readonly pager: Readonly<Record<'number', string>> | Readonly<Record<'cap', string>>;
    }>();
  });
});

describe('keepTyping and withTyping', () => {
  test('take a channel and its own target', () => {
    expectTypeOf(keepTyping('imessage', { chatId })).toEqualTypeOf<TypingSession>();
    // @ts-expect-error: this is a LinkedIn target.
    keepTyping('imessage', { conversationUrn: 'urn' });
    // @ts-expect-error: a typing error in the channel.
    void withTyping('imesage', { chatId }, () => 1);
    // @ts-expect-error: this is a Discord target.
    void withTyping('linkedin', { channelId: '1' }, () => 1);
    // @ts-expect-error: it is spelled idleTimeoutMs.
    keepTyping('imessage', { chatId }, { idleTimeout: 1 });
  });

  test('give back what the work gives', () => {
    expectTypeOf(withTyping('imessage', { chatId }, () => 1)).resolves.toBeNumber();
    expectTypeOf(withTyping('imessage', { chatId }, async () => 'a')).resolves.toBeString();
    expectTypeOf(withTyping('imessage', { chatId }, words)).toEqualTypeOf<AsyncIterable<string>>();
    void withTyping('imessage', { chatId }, (session) => {
      expectTypeOf(session).toEqualTypeOf<TypingSession>();
    });
  });
});

describe('createTyping', () => {
  test('infers from providers and from factories', () => {
    const typing = createTyping({
      channels: {
        imessage: linq({ apiKey: 'k' }),
        linkedin: () => connectSafely({ apiKey: 'k' }),
        pager: () => pager,
      },
    });
    void typing.send('imessage', { chatId });
    void typing.stop('linkedin', { conversationUrn: 'urn' });
    void typing.send('pager', { number: '7' });
    typing.messageSent('imessage', { chatId });
    // @ts-expect-error: not one of these channels.
    void typing.send('telegram', { chatId });
    // @ts-expect-error: this is an iMessage target.
    void typing.send('linkedin', { chatId });
    // @ts-expect-error: this is an iMessage target.
    typing.messageSent('pager', { chatId });
  });

  test('refuses what is no provider', () => {
    // @ts-expect-error: a key is no provider.
    createTyping({ channels: { imessage: 'k' } });
    // @ts-expect-error: nor is a promise of one.
    createTyping({ channels: { imessage: async () => linq({ apiKey: 'k' }) } });
    // @ts-expect-error: the channels are a field.
    createTyping({ imessage: linq({ apiKey: 'k' }) });
  });
});

test('configureTyping gives the types of its channels', () => {
  const typing = configureTyping({ channels: { pager: () => pager } });
  expectTypeOf(typing).toEqualTypeOf<Typing<{ pager: { readonly number: string } }>>();
  // @ts-expect-error: not one of these channels.
  void typing.send('imessage', { chatId });
});

test('options of a vendor refuse what they do not know', () => {
  // @ts-expect-error: the key cannot be left out.
  linq({});
  // @ts-expect-error: it is spelled apiKey.
  linq({ apiKey: 'k', api_key: 'k' });
  // @ts-expect-error: Linq has no accounts.
  linq({ apiKey: 'k', accountId: 'a' });
});
