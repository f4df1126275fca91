import { inspect } from 'node:util';
import { createTyping } from '@typingkit/core';
import { xmpp } from '@typingkit/xmpp';
import { expect, test } from 'vitest';

const good = { jid: 'bot@example.org', password: 'Password_7qXw2Lk9ZtB4vRn8PdYs' };

test.for<[string, object]>([
  ['jid', { jid: 'bot' }],
  ['jid', { jid: 'bot@example.org/main' }],
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
])('the option %s is checked: %j', ([name, wrong]) => {
  const make = (): unknown => Reflect.apply(xmpp, undefined, [{ ...good, ...wrong }]);
  expect(make).toThrow(
    expect.objectContaining({ code: 'misconfigured', message: expect.stringContaining(name) }),
  );
});

test.for(['example.org', 'xmpp://example.org', 'xmpps://example.org:5223', 'xmpp://[::1]:5222'])(
  'the service may be %s',
  (service) => {
    expect(xmpp({ ...good, service }).name).toBe('xmpp');
  },
);

test('a provider and what is made of it show no password', () => {
  const provider = xmpp(good);
  const typing = createTyping({ channels: { xmpp: provider } });
  for (const thing of [provider, typing, JSON.stringify(provider)])
    expect(inspect(thing, { depth: 20, showHidden: true })).not.toContain(good.password);
});
