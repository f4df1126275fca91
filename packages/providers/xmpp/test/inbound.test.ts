import { xml } from '@xmpp/client';
import { xmppAddress, type XmppTarget } from '@typingkit/xmpp';
import { describe, expect, test } from 'vitest';

const address = xmppAddress({ jid: 'bot@example.org', nickname: 'Helper' });
const chatStates = 'http://jabber.org/protocol/chatstates';
const body = xml('body', {}, 'Hello');
const composing = xml('composing', { xmlns: chatStates });
const occupant = xml('x', { xmlns: 'http://jabber.org/protocol/muc#user' });
const delay = xml('delay', { xmlns: 'urn:xmpp:delay', stamp: '2026-11-20T12:00:00Z' });

const message = (from: string, type: string | undefined, ...children: object[]): unknown =>
  // The library hands on elements of this shape.
  xml('message', { id: 'm1', from, ...(type !== undefined && { type }) }, ...(children as never[]));

describe('A message', () => {
  test.for<[string, unknown, readonly XmppTarget[]]>([
    [
      'of a person',
      message('bob@example.org/phone', 'chat', body),
      [{ to: 'bob@example.org/phone' }],
    ],
    [
      'without a type',
      message('bob@example.org/phone', undefined, body),
      [{ to: 'bob@example.org/phone' }],
    ],
    [
      'in a room',
      message('team@muc.example.org/Ada', 'groupchat', body),
      [{ to: 'team@muc.example.org', type: 'groupchat' }],
    ],
    [
      'of a participant in private',
      message('team@muc.example.org/Ada', 'chat', body, occupant),
      [{ to: 'team@muc.example.org/Ada', type: 'groupchat' }],
    ],
    ['of the bot in a room', message('team@muc.example.org/Helper', 'groupchat', body), []],
    ['of the bot to itself', message('Bot@example.org/main', 'chat', body), []],
    ['of the room', message('team@muc.example.org', 'groupchat', body), []],
    ["of a room's history", message('team@muc.example.org/Ada', 'groupchat', body, delay), []],
    ['that is an error', message('bob@example.org', 'error', body), []],
    ['that is a headline', message('news.example.org', 'headline', body), []],
    ['without a text', message('bob@example.org/phone', 'chat', composing), []],
    [
      'that corrects another',
      message(
        'bob@example.org/phone',
        'chat',
        body,
        xml('replace', { xmlns: 'urn:xmpp:message-correct:0', id: 'm0' }),
      ),
      [],
    ],
  ])('%s is answered where it came from, if at all', ([, given, targets]) => {
    expect(address.targetsIn?.(given)).toEqual(targets);
    // As a queue hands it on.
    const text = JSON.stringify(given, (name, value: unknown) =>
      name === 'parent' ? undefined : value,
    );
    expect(address.targetsIn?.(JSON.parse(text))).toEqual(targets);
    for (const target of targets) expect(address.parseTarget(target)).toEqual(target);
  });
});

describe('A chat state', () => {
  test.for(['active', 'paused', 'inactive', 'gone'])('%s ends typing', (state) => {
    const event = message('bob@example.org/phone', 'chat', xml(state, { xmlns: chatStates }));
    expect(address.inboundIn?.(event)).toMatchObject([
      { state: 'stopped', target: { to: 'bob@example.org/phone' }, expiresInMs: 0 },
    ]);
  });

  test('composing begins it, in a room, too', () => {
    const event = message('team@muc.example.org/Ada', 'groupchat', composing);
    expect(address.inboundIn?.(event)).toEqual([
      {
        state: 'started',
        target: { to: 'team@muc.example.org', type: 'groupchat' },
        at: expect.any(Date),
        eventId: 'team@muc.example.org m1',
        expiresInMs: 120_000,
      },
    ]);
  });

  test.for<[string, unknown]>([
    ['of the bot itself', message('team@muc.example.org/Helper', 'groupchat', composing)],
    ['that was stored', message('bob@example.org/phone', 'chat', composing, delay)],
    ['that came back', message('bob@example.org', 'error', composing)],
    ['of another kind', message('bob@example.org', 'chat', xml('dancing', { xmlns: chatStates }))],
    ['of another namespace', message('bob@example.org', 'chat', xml('composing', { xmlns: 'x' }))],
    ['in a presence', xml('presence', { from: 'bob@example.org' }, composing)],
  ])('%s says nothing', ([, event]) => {
    expect(address.inboundIn?.(event)).toEqual([]);
  });
});

test.for<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', '<message/>'],
  ['a list', []],
  ['an element without attributes', { name: 'message' }],
  ['an element without children', { name: 'message', attrs: { from: 'bob@example.org' } }],
  ['children that are none', { name: 'message', attrs: {}, children: [null, 7, [], {}] }],
  [
    'what throws when it is read',
    new Proxy(
      {},
      {
        get() {
          throw new Error('no');
        },
      },
    ),
  ],
])('%s is no stanza', ([, value]) => {
  expect(address.targetsIn?.(value)).toEqual([]);
  expect(address.inboundIn?.(value)).toEqual([]);
});
