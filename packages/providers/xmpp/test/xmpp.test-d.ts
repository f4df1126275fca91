// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { xmpp, type XmppTarget } from '@typingkit/xmpp';
import { expectTypeOf, test } from 'vitest';

const typing = createTyping({ channels: { xmpp: xmpp({ jid: 'bot@example.org', password: '' }) } });

test('a target has an address, and perhaps a type', () => {
  expectTypeOf(typing.send<'xmpp'>)
    .parameter(1)
    .toEqualTypeOf<XmppTarget>();
  void typing.send('xmpp', { to: 'bob@example.org' });
  void typing.send('xmpp', { to: 'team@conference.example.org', type: 'groupchat' });
  // @ts-expect-error A message of another type is no conversation.
  void typing.send('xmpp', { to: 'bob@example.org', type: 'headline' });
  // @ts-expect-error Nobody is named.
  void typing.send('xmpp', { type: 'chat' });
});
