import { expect, test } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

test.for(['extends', 'forbidden', 'ignored-while-visible'] as const)(
  'a vendor whose indicator lasts for no time at all is not asked as fast as it answers (%s)',
  async (repeat) => {
    const { typing, provider, clock } = virtualTyping({ minIntervalMs: 0, repeat });
    provider.answerNext({ visibleForMs: 0.001 }, { times: 1_000 });
    const session = typing.keep('chat', { chat: 'alice' });
    await clock.advance(60_000);
    expect(provider.starts.length).toBeGreaterThan(1);
    expect(provider.starts.length).toBeLessThan(80);
    await session.stop();
  },
);
