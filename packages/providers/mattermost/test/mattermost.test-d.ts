// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import { mattermost, type MattermostTarget } from '../src/index.ts';

const baseUrl = 'https://chat.example.com';
const typing = createTyping({ channels: { mattermost: mattermost({ baseUrl, token: 'token' }) } });

test('a target is a channel, or a thread in it', () => {
  expectTypeOf(typing.send<'mattermost'>)
    .parameter(1)
    .toEqualTypeOf<MattermostTarget>();
  // @ts-expect-error the vendor's own name is spelt otherwise
  void typing.send('mattermost', { channel_id: 'k3m8p9qzt7gyxc1n5w4rbd6fho' });
});

test('every server has its own address', () => {
  // @ts-expect-error there is no production address
  mattermost({ token: 'token' });
});
