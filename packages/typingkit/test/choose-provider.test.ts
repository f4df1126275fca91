import { createTyping, type Typing } from 'typingkit';
import { channelsFrom, chooseProvider } from 'typingkit/environment';
import { describe, expect, test } from 'vitest';
import { settings, vendorOf } from './two-vendors.ts';

const beeper = vendorOf('Beeper', 'number');
const pocsag = vendorOf('Pocsag', 'cap');
const candidates = [beeper, pocsag];

describe('of several providers of a channel', () => {
  test.for<[variables: Readonly<Record<string, string>>, provider: string]>([
    [{ BEEPER_KEY: 'k' }, 'beeper'],
    [{ POCSAG_KEY: 'k' }, 'pocsag'],
    [{ POCSAG_TOKEN: 'k' }, 'pocsag'],
    [{ BEEPER_KEY: 'k', POCSAG_KEY: 'k', TYPINGKIT_PAGER: 'pocsag' }, 'pocsag'],
    [{ BEEPER_KEY: 'k', POCSAG_KEY: 'k', TYPINGKIT_PAGER: 'Beeper' }, 'beeper'],
    // Named, but without its key: that is what has to be said then.
    [{ BEEPER_KEY: 'k', TYPINGKIT_PAGER: 'pocsag' }, 'pocsag'],
    // An address alone configures nothing.
    [{ BEEPER_URL: 'https://b.example', POCSAG_KEY: 'k' }, 'pocsag'],
  ])('%j chooses %s', ([variables, provider]) => {
    expect(chooseProvider(candidates, settings(variables)).provider).toBe(provider);
  });

  test.for<[variables: Readonly<Record<string, string>>, message: string]>([
    [
      {},
      '[pager] no provider of this channel is configured. ' +
        'Set BEEPER_KEY for Beeper; or POCSAG_KEY for Pocsag. Set them here.',
    ],
    [
      { BEEPER_KEY: 'k', POCSAG_KEY: 'k' },
      '[pager] more than one provider of this channel is configured. ' +
        'Set TYPINGKIT_PAGER to the one to use: beeper or pocsag.',
    ],
    [
      { BEEPER_KEY: 'k', TYPINGKIT_PAGER: 'pigeon' },
      '[pager] TYPINGKIT_PAGER does not name a provider of this channel. Set it to beeper or pocsag.',
    ],
  ])('%j chooses none, and says what to set', ([variables, message]) => {
    expect(() => chooseProvider(candidates, settings(variables))).toThrow(
      expect.objectContaining({ code: 'misconfigured', message }),
    );
  });

  test('the only one is chosen without a key, and says itself that it needs one', () => {
    expect(chooseProvider([beeper], settings({}))).toBe(beeper);
  });

  test('the variable of a channel is spelled as a shell can', () => {
    const odd = [
      { ...beeper, channel: 'rcs-business' },
      { ...pocsag, channel: 'rcs-business' },
    ];
    const source = settings({ TYPINGKIT_RCS_BUSINESS: 'pocsag' });
    expect(chooseProvider(odd, source).provider).toBe('pocsag');
  });
});

describe('a target of another vendor of the channel', () => {
  const typingWith = (variables: Readonly<Record<string, string>>): Typing =>
    createTyping({ channels: channelsFrom(candidates, settings(variables)) });

  test('is refused before any request, and the refusal says whose it is', async () => {
    const typing = typingWith({ BEEPER_KEY: 'k' });
    await expect(typing.send('pager', { cap: '7' })).rejects.toMatchObject({
      code: 'invalid-target',
      channel: 'pager',
      provider: 'beeper',
      message:
        '[pager/beeper] this is not a target of Beeper but one of Pocsag. ' +
        'Pass a target of Beeper, or set up Pocsag for pager.',
    });
  });

  test('is one that another choice would take, where both vendors are set up', async () => {
    const typing = typingWith({ BEEPER_KEY: 'k', POCSAG_KEY: 'k', TYPINGKIT_PAGER: 'beeper' });
    await expect(typing.send('pager', { cap: '7' })).rejects.toThrow(
      'Pass a target of Beeper, or set TYPINGKIT_PAGER to pocsag.',
    );
  });

  test('is one only where the other vendor would take it', async () => {
    const typing = typingWith({ BEEPER_KEY: 'k' });
    await expect(typing.send('pager', { street: '7' })).rejects.toMatchObject({
      code: 'invalid-target',
      message: '[pager/beeper] number is required',
    });
    await expect(typing.send('pager', { number: '7' })).resolves.toMatchObject({
      status: 'accepted',
      provider: 'beeper',
    });
  });
});

describe('an address from a file', () => {
  const started: string[] = [];
  const own = [vendorOf('Beeper', 'number', started)];
  const variables = { BEEPER_KEY: 'k', BEEPER_URL: 'https://file.example' };
  const send = (inFile: readonly string[]) =>
    createTyping({ channels: channelsFrom(own, settings(variables, inFile)) }).send('pager', {
      number: '7',
    });

  test('gets no key of the environment', async () => {
    await expect(send(['BEEPER_URL'])).rejects.toMatchObject({
      code: 'misconfigured',
      message:
        '[pager/beeper] BEEPER_URL is from .env, and BEEPER_KEY is not, so the key would be sent to an address from that file. ' +
        'Set both in .env, or both in the environment.',
    });
    expect(started).toEqual([]);
  });

  test.for<[which: string, inFile: readonly string[]]>([
    ['both are from the file', ['BEEPER_KEY', 'BEEPER_URL']],
    ['only the key is', ['BEEPER_KEY']],
    ['nothing is', []],
  ])('does, where %s', async ([, inFile]) => {
    started.length = 0;
    await send(inFile);
    expect(started).toEqual(['https://file.example k 7']);
  });
});
