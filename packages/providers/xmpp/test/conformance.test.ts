import { describeProviderAddress } from '@typingkit/testing';
import { xmpp, xmppAddress, type XmppTarget } from '@typingkit/xmpp';
import { xml } from '@xmpp/client';
import { expect, test } from 'vitest';

const phone = 'bob@example.org/phone';
const room = 'team@muc.example.org';
const chatStates = 'http://jabber.org/protocol/chatstates';
const composing = xml('composing', { xmlns: chatStates });
const body = xml('body', {}, 'Hello');
const occupant = xml('x', { xmlns: 'http://jabber.org/protocol/muc#user' });
const delay = xml('delay', { xmlns: 'urn:xmpp:delay', stamp: '2026-11-20T12:00:00Z' });
const correction = xml('replace', { xmlns: 'urn:xmpp:message-correct:0', id: 'm0' });

type Child = ReturnType<typeof xml>;

/** A message, as it comes out of a queue: the library's elements know their parents. */
function message(type: string | undefined, from: string, ...children: Child[]): unknown {
  const element = elementOf(type, from, ...children);
  const text = JSON.stringify(element, (name, value: unknown) =>
    name === 'parent' ? undefined : value,
  );
  return JSON.parse(text);
}

/** The same as the library hands it on. */
function elementOf(type: string | undefined, from: string, ...children: Child[]): Child {
  return xml('message', { id: 'm1', from, ...(type !== undefined && { type }) }, ...children);
}

describeProviderAddress<XmppTarget>('The address of xmpp', {
  create: ({ apiKey, baseUrl }) =>
    xmpp({
      jid: 'bot@example.org',
      nickname: 'Helper',
      password: typeof apiKey === 'string' ? apiKey : () => apiKey({ to: phone }),
      service: baseUrl.replace('http://', 'xmpp://'),
    }),
  address: () => xmppAddress({ jid: 'Bot@Example.org', nickname: 'Helper' }),
  stop: 'explicit',
  target: { to: 'bob@example.org' },
  otherTarget: { to: `${room}/Ada`, type: 'groupchat' },
  sameConversation: [
    { to: 'Bob@Example.ORG' },
    { to: 'bob@example.org', type: 'chat' },
    { to: phone },
    { to: 'bob@example.org/a/b' },
  ],
  invalidTargets: [
    'bob@example.org',
    { to: 'example.org' },
    { to: 'bob@' },
    { to: '@example.org' },
    { to: 'bob@example.org@example.org' },
    { to: 'bob @example.org' },
    { to: "bob'@example.org" },
    { to: 'bob@example.org<' },
    // XML cannot hold these: they would end the connection for everybody.
    { to: 'bob@example.org/\0' },
    { to: 'bob@example.org/\uFFFF' },
    { to: 'bob@example.org/\uD800' },
    { to: 'bob@example.org', type: 'normal' },
  ],
  targetsIn: [
    { message: message('chat', phone, body), targets: [{ to: phone }] },
    { message: message(undefined, phone, body), targets: [{ to: phone }] },
    {
      message: message('groupchat', `${room}/Ada`, body),
      targets: [{ to: room, type: 'groupchat' }],
    },
    // In private.
    {
      message: message('chat', `${room}/Ada`, body, occupant),
      targets: [{ to: `${room}/Ada`, type: 'groupchat' }],
    },
    // Of the bot itself, of a room, of its history.
    { message: message('groupchat', `${room}/Helper`, body), targets: [] },
    { message: message('chat', 'Bot@example.org/main', body), targets: [] },
    { message: message('groupchat', room, body), targets: [] },
    { message: message('groupchat', `${room}/Ada`, body, delay), targets: [] },
    { message: message('error', phone, body), targets: [] },
    { message: message('headline', phone, body), targets: [] },
    { message: message('chat', phone, composing), targets: [] },
    { message: message('chat', phone, body, correction), targets: [] },
    { message: { name: 'message', attrs: { from: phone } }, targets: [] },
    { message: { name: 'message', attrs: { from: phone }, children: [null, 7] }, targets: [] },
  ],
  inboundIn: [
    {
      event: message('groupchat', `${room}/Ada`, composing),
      events: [
        {
          state: 'started',
          target: { to: room, type: 'groupchat' },
          at: expect.any(Date),
          eventId: `${room} m1`,
          expiresInMs: 120_000,
        },
      ],
    },
    ...['active', 'paused', 'inactive', 'gone'].map((state) => ({
      event: message('chat', phone, xml(state, { xmlns: chatStates })),
      events: [
        {
          state: 'stopped' as const,
          target: { to: phone },
          at: expect.any(Date),
          eventId: 'bob@example.org m1',
          expiresInMs: 0,
        },
      ],
    })),
    { event: message('groupchat', `${room}/Helper`, composing), events: [] },
    { event: message('chat', phone, composing, delay), events: [] },
    { event: message('error', phone, composing), events: [] },
    { event: message('chat', phone, xml('dancing', { xmlns: chatStates })), events: [] },
    { event: message('chat', phone, xml('composing', { xmlns: 'urn:other' })), events: [] },
    { event: { name: 'presence', attrs: { from: phone }, children: [] }, events: [] },
  ],
});

test('what the library hands on is read as it is', () => {
  const { inboundIn, targetsIn } = xmppAddress({ jid: 'bot@example.org' });
  const element = elementOf('chat', phone, body, composing);
  expect(targetsIn?.(element)).toEqual([{ to: phone }]);
  expect(inboundIn?.(element)).toMatchObject([{ state: 'started', target: { to: phone } }]);
});
