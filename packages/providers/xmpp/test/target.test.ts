import { xmpp, xmppAddress, type XmppTarget } from '@typingkit/xmpp';
import { describe, expect, test } from 'vitest';

const { conversationKey, parseTarget } = xmppAddress();
const keyOf = (target: XmppTarget): string => conversationKey(parseTarget(target));

describe('A target', () => {
  test.for<unknown>([
    undefined,
    null,
    {},
    'bob@example.org',
    { to: '' },
    { to: 'example.org' },
    { to: 'bob@' },
    { to: '@example.org' },
    { to: 'bob@example.org@example.org' },
    { to: 'bob @example.org' },
    { to: "bob'@example.org" },
    { to: 'bob@example.org<' },
    { to: 'bob@example.org/\0' },
    { to: 'bob@example.org/\u{ffff}' },
    { to: 'bob@example.org/\ud800' },
    { to: 'bob@example.org', type: 'normal' },
  ])('is refused where it is %j', (target) => {
    expect(() => parseTarget(target)).toThrow(expect.objectContaining({ code: 'invalid-target' }));
  });

  test('names the same conversation on each device of a person, and however it is written', () => {
    const keys = [
      'bob@example.org',
      'Bob@Example.ORG',
      'bob@example.org/phone',
      'bob@example.org/a/b',
    ];
    expect(new Set(keys.map((to) => keyOf({ to })))).toEqual(new Set(['bob@example.org']));
    expect(keyOf({ to: 'bob@example.org', type: 'chat' })).toBe('bob@example.org');
  });

  test('names another conversation for each participant of a room', () => {
    const keys = ['', '/Ada', '/ada'].map((nick) =>
      keyOf({ to: `team@muc.example.org${nick}`, type: 'groupchat' }),
    );
    expect(new Set(keys).size).toBe(3);
  });
});

describe('An option', () => {
  const good = { jid: 'bot@example.org', password: 'secret' };

  test.for<[string, object]>([
    ['jid', { jid: 'bot' }],
    ['jid', { jid: 'bot@example.org/main' }],
    ['password', { password: '' }],
    ['password', { password: 'a\0b' }],
    ['password', { password: undefined }],
    ['service', { service: 'wss://example.org/xmpp-websocket' }],
    ['service', { service: 'https://example.org' }],
    ['service', { service: 'xmpp://user:password@example.org' }],
    ['service', { service: 'example.org:5222' }],
    ['nickname', { nickname: '' }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['noStore', { noStore: 'yes' }],
    ['unknown', { unknown: 1 }],
  ])('%s is checked: %j', ([name, wrong]) => {
    const make = (): unknown => Reflect.apply(xmpp, undefined, [{ ...good, ...wrong }]);
    expect(make).toThrow(
      expect.objectContaining({ code: 'misconfigured', message: expect.stringContaining(name) }),
    );
  });

  test.for(['example.org', 'xmpp://example.org', 'xmpps://example.org:5223', 'xmpp://[::1]:5222'])(
    'service may be %s',
    (service) => {
      expect(xmpp({ ...good, service }).credentialKey?.({ to: 'bob@example.org' })).toBe(good.jid);
    },
  );
});

test('the address says what the provider says, and names the account', () => {
  const provider = xmpp({ jid: 'Bot@Example.org', password: 'secret' });
  const address = xmppAddress({ jid: 'bot@example.org' });
  expect(address.capabilities).toEqual(provider.capabilities);
  const target = { to: 'bob@example.org' };
  expect(address.credentialKey?.(target)).toBe(provider.credentialKey?.(target));
  expect(address).not.toHaveProperty('start');
});
