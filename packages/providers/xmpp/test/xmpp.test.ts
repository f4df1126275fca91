import { inspect } from 'node:util';
import { createTyping, type TypingErrorCode, type TypingProvider } from '@typingkit/core';
import { xmpp, type XmppOptions, type XmppTarget } from '@typingkit/xmpp';
import { xml } from '@xmpp/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { logIn, type Person, repetitionsIn } from './person.ts';
import { hasProsody, password, type Prosody, startProsody } from './prosody.ts';
import { administer, configure, openRoom } from './rooms.ts';

/** Longer than anything takes on a busy machine. */
const timeoutMs = 60_000;

let server: Prosody;
let bob: Person;
const providers: TypingProvider<XmppTarget>[] = [];

function connect(options: Partial<XmppOptions> = {}): TypingProvider<XmppTarget> {
  const provider = xmpp({
    jid: 'alice@localhost',
    password,
    service: server.service,
    timeoutMs,
    ...options,
  });
  providers.push(provider);
  return provider;
}

const codeOf = async (promise: Promise<unknown> | undefined): Promise<unknown> =>
  promise?.then(
    () => 'accepted',
    (error: unknown) => Object(error).code,
  );

describe.runIf(hasProsody)('Against a real Prosody', () => {
  beforeAll(async () => {
    server = await startProsody(['alice', 'bob', 'carol']);
  });
  beforeEach(async () => {
    bob = await logIn(server, 'bob');
  });
  afterEach(async () => {
    await Promise.all(providers.splice(0).map(async ({ close }) => close?.()));
    await bob[Symbol.asyncDispose]();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const chat: XmppTarget = { to: 'bob@localhost' };
  const states = (): string[] => bob.seen.map(({ state }) => state);

  test('a chat sees composing and paused, in order, and nothing else', async () => {
    const provider = connect();
    await provider.start(chat, {});
    await provider.stop?.(chat, {});
    const from = expect.stringMatching(/^alice@localhost\/typingkit-/);
    await expect
      .poll(() => bob.seen)
      .toEqual([
        { state: 'composing', from, type: 'chat' },
        { state: 'paused', from, type: 'chat' },
      ]);
    // The contact list has nobody more online: it is not this connection that people write to.
    expect(
      bob.stanzas.filter(({ name }) => name === 'presence').map(({ attrs }) => attrs['from']),
    ).not.toContain(expect.stringContaining('alice'));
  });

  test('everybody in a room sees them, under the name of the bot', async () => {
    const room = await openRoom(bob, 'team');
    const target: XmppTarget = { to: room, type: 'groupchat' };
    const provider = connect({ nickname: 'Helper' });
    await provider.start(target, {});
    await provider.stop?.(target, {});
    const from = `${room}/Helper`;
    await expect
      .poll(() => bob.seen)
      .toEqual([
        { state: 'composing', from, type: 'groupchat' },
        { state: 'paused', from, type: 'groupchat' },
      ]);
  });

  test('one participant of a room sees them in private', async () => {
    const room = await openRoom(bob, 'private');
    await connect().start({ to: `${room}/bob`, type: 'groupchat' }, {});
    await expect
      .poll(() => bob.seen)
      .toEqual([{ state: 'composing', from: `${room}/alice`, type: 'chat' }]);
  });

  test('no state is sent twice in a row, whatever is asked for', async () => {
    const typing = createTyping({ channels: { xmpp: connect() } });
    const first = typing.keep('xmpp', chat);
    const second = typing.keep('xmpp', { to: bob.jid });
    await expect.poll(states).toEqual(['composing']);
    await typing.send('xmpp', chat);
    await first.stop();
    await second.stop();
    await typing.stop('xmpp', chat);
    await typing.stop('xmpp', chat);
    await typing.send('xmpp', chat);
    await typing.close();
    await expect.poll(() => states().at(-1)).toBe('paused');
    expect(states()).toEqual(['composing', 'paused', 'composing', 'paused']);
  });

  test('after a message it is raised again, by way of another state', async () => {
    const provider = connect();
    await provider.start(chat, {});
    await provider.start(chat, {});
    await provider.stop?.(chat, {});
    await provider.stop?.(chat, {});
    await expect.poll(states).toEqual(['composing', 'active', 'composing', 'paused']);
  });

  test('who saw it begin sees it end, also where the person changes devices', async () => {
    await using phone = await logIn(server, 'bob');
    const provider = connect();
    await provider.start({ to: phone.jid }, {});
    await provider.stop?.({ to: bob.jid }, {});
    await expect.poll(() => phone.seen.map(({ state }) => state)).toEqual(['composing', 'paused']);
    expect(bob.seen).toEqual([]);
  });

  test('a hint for archives goes out only on request', async () => {
    await connect({ noStore: true }).start(chat, {});
    await expect.poll(states).toEqual(['composing']);
    const message = bob.stanzas.find(({ name }) => name === 'message');
    expect(message?.toString()).toContain('<no-store xmlns="urn:xmpp:hints"/>');
  });

  test('a thousand conversations share one connection', { timeout: 300_000 }, async () => {
    await using crowd = await startProsody(['alice', 'bob']);
    await using everybody = await logIn(crowd, 'bob');
    const channels = { xmpp: connect({ service: crowd.service }) };
    const typing = createTyping({ channels, onEvent: () => {} });
    const people = Array.from({ length: 1_000 }, (_, index) => `person-${index}@crowd.localhost`);
    const sessions = people.map((to) => typing.keep('xmpp', { to }));
    const where = (wanted: string): number =>
      new Set(everybody.seen.filter(({ state }) => state === wanted).map(({ about }) => about))
        .size;
    await expect.poll(() => where('composing'), { timeout: timeoutMs }).toBe(1_000);
    await Promise.all(sessions.map((session) => session.stop()));
    await expect.poll(() => where('paused'), { timeout: timeoutMs }).toBe(1_000);
    expect(repetitionsIn(everybody)).toEqual([]);
    expect(new Set(everybody.seen.map(({ from }) => from)).size).toBe(1);
    await typing.close();
    expect(crowd.log().match(/Authenticated as alice/g)).toHaveLength(1);
  });

  test('a diagnosis asks the device, and the room', async () => {
    const provider = connect();
    const found = async (target: XmppTarget): Promise<unknown> => {
      const diagnosis = await provider.diagnose?.(target, {});
      return [diagnosis?.willShow, ...(diagnosis?.reasons ?? []).map(({ code }) => code)];
    };
    expect(await found(chat)).toEqual(['unknown', 'unverified']);
    expect(await found({ to: 'bob@localhost/elsewhere' })).toEqual(['unknown', 'unverified']);
    const discovery = 'http://jabber.org/protocol/disco#info';
    const features = ['urn:xmpp:ping'];
    bob.client.iqCallee.get(discovery, 'query', () =>
      xml('query', { xmlns: discovery }, ...features.map((name) => xml('feature', { var: name }))),
    );
    expect(await found({ to: bob.jid })).toEqual(['no', 'unsupported']);
    features.push('http://jabber.org/protocol/chatstates');
    expect(await found({ to: bob.jid })).toEqual(['yes']);

    const room = await openRoom(bob, 'examined');
    const target: XmppTarget = { to: room, type: 'groupchat' };
    expect(await found(target)).toEqual(['unknown', 'unverified']);
    await provider.start(target, {});
    expect(await found(target)).toEqual(['yes']);
    await administer(bob, room, "role='visitor' nick='alice'");
    await expect.poll(() => found(target)).toEqual(['no', 'forbidden']);
    const none: XmppTarget = { to: 'none@conference.localhost', type: 'groupchat' };
    expect(await found(none)).toEqual(['no', 'not-found']);
    expect(await found({ to: 'bob@localhost', type: 'groupchat' })).toEqual([
      'no',
      expect.anything(),
    ]);
    expect(bob.seen.map(({ state }) => state)).toEqual(['composing']);
  });

  describe('becomes an error', () => {
    test.for<[string, XmppTarget, TypingErrorCode, string]>([
      ['nobody by that name', { to: 'nobody@localhost' }, 'unsupported', 'service-unavailable'],
      ['a person who is offline', { to: 'carol@localhost' }, 'unsupported', 'service-unavailable'],
      ['another domain', { to: 'bob@elsewhere.example' }, 'forbidden', 'not-allowed'],
      [
        'no such room',
        { to: 'none@conference.localhost', type: 'groupchat' },
        'not-found',
        'item-not-found',
      ],
      [
        'a person instead of a room',
        { to: 'carol@localhost', type: 'groupchat' },
        'unsupported',
        'service-unavailable',
      ],
    ])('%s', async ([, target, code, vendorCode]) => {
      await expect(connect().start(target, {})).rejects.toMatchObject({
        code,
        vendorCode,
        provider: 'xmpp',
        operation: 'start',
      });
    });

    test.for<[string, (room: string) => Promise<void>, TypingErrorCode, string]>([
      [
        'a room for members',
        (room) => configure(bob, room, { membersonly: '1' }),
        'forbidden',
        'registration-required',
      ],
      [
        'a room with a password',
        (room) => configure(bob, room, { passwordprotectedroom: '1', roomsecret: 'secret' }),
        'forbidden',
        'not-authorized',
      ],
      [
        'a room in which visitors may only listen',
        (room) => configure(bob, room, { moderatedroom: '1' }),
        'forbidden',
        'forbidden',
      ],
      [
        'a room from which the bot is banned',
        (room) => administer(bob, room, "affiliation='outcast' jid='alice@localhost'"),
        'forbidden',
        'forbidden',
      ],
    ])('%s', async ([title, prepare, code, vendorCode]) => {
      const room = await openRoom(bob, title.replaceAll(' ', '-'));
      await prepare(room);
      const start = connect().start({ to: room, type: 'groupchat' }, {});
      await expect(start).rejects.toMatchObject({ code, vendorCode });
    });

    test('a room in which somebody has the nickname', async () => {
      const room = await openRoom(bob, 'namesake');
      const start = connect({ nickname: 'bob' }).start({ to: room, type: 'groupchat' }, {});
      await expect(start).rejects.toMatchObject({ code: 'rejected', vendorCode: 'conflict' });
    });

    test('a participant who is not there', async () => {
      const room = await openRoom(bob, 'lonely');
      const start = connect().start({ to: `${room}/nobody`, type: 'groupchat' }, {});
      await expect(start).rejects.toMatchObject({ code: 'not-found' });
    });

    test('a room that has thrown the bot out, which enters again with the next start', async () => {
      const room = await openRoom(bob, 'strict');
      const target: XmppTarget = { to: room, type: 'groupchat' };
      const provider = connect();
      await provider.start(target, {});
      await administer(bob, room, "role='none' nick='alice'");
      await expect.poll(() => codeOf(provider.start(target, {}))).toBe('accepted');
    });

    test.for<[string, Partial<XmppOptions>, TypingErrorCode]>([
      ['a wrong password', { password: 'Wrong_3mHc6JfA1uEo5GiTxKvW' }, 'unauthenticated'],
      ['an account that is not there', { jid: 'nobody@localhost' }, 'unauthenticated'],
      ['a domain that the server does not have', { jid: 'alice@elsewhere.example' }, 'not-found'],
      ['a server that is not there', { service: 'xmpp://nowhere.invalid' }, 'network'],
      [
        'a password function that throws',
        {
          password: () => {
            throw new Error(password);
          },
        },
        'unavailable',
      ],
      ['a password function that returns nothing', { password: () => '' }, 'unauthenticated'],
    ])('%s', async ([, options, code]) => {
      const start = connect(options).start(chat, {});
      await expect(start).rejects.toMatchObject({ code, operation: 'start' });
      expect(inspect(await start.catch((error: unknown) => error), { depth: 9 })).not.toMatch(
        /Password_7|Wrong_3/,
      );
    });
  });
});
