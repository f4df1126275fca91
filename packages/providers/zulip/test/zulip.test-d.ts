// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import { zulip, type ZulipTarget } from '../src/index.ts';

const account = { baseUrl: 'https://example.zulipchat.com', email: 'my-bot@example.com' };
const typing = createTyping({ channels: { zulip: zulip({ ...account, apiKey: 'key' }) } });

test('a target is some people, or a topic of a channel', () => {
  expectTypeOf(typing.send<'zulip'>)
    .parameter(1)
    .toEqualTypeOf<ZulipTarget>();
  // @ts-expect-error people are known by their ids
  void typing.send('zulip', { to: 'ada@example.com' });
});

test('a key belongs to an email', () => {
  // @ts-expect-error there is no account without one
  zulip({ baseUrl: account.baseUrl, apiKey: 'key' });
});
