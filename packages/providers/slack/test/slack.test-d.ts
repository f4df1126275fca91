// oxlint-disable vitest/expect-expect -- `@ts-expect-error` is an assertion, too.
import type { TypingProvider } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import { slack, type SlackTarget } from '../src/index.ts';

const typing = slack({ botToken: ({ teamId }) => `xoxb-${teamId}` });
const channelId = 'C0123456789';

test('the target is a thread, and the thread is a string', () => {
  expectTypeOf(typing).toEqualTypeOf<TypingProvider<SlackTarget>>();
  void typing.start({ channelId, threadTs: '1724264405.531769' }, {});
  void typing.start({ channelId, threadTs: null, teamId: 'T0123456789' }, {});
  // @ts-expect-error: a thread that was forgotten.
  void typing.start({ channelId }, {});
  // @ts-expect-error: a number loses digits.
  void typing.start({ channelId, threadTs: 1_724_264_405.531769 }, {});
});

test('the token is the option botToken', () => {
  // @ts-expect-error: it is not called apiKey.
  void slack({ apiKey: 'xoxb-1' });
});
