import { type Clock, createTyping } from '@typingkit/core';
import { fakeProvider, virtualClock } from '@typingkit/testing/fake';
import { expect, test } from 'vitest';

const alice = { chat: 'alice' };
const noTimes: readonly [name: string, now: () => unknown][] = [
  ['NaN', () => Number.NaN],
  ['undefined', () => undefined],
  ['Infinity', () => Infinity],
  ['-Infinity', () => -Infinity],
  ['a text', () => '5'],
  ['a bigint', () => 5n],
  ['more than a number can count', () => 1e300],
  [
    'an error',
    () => {
      throw new Error('no time');
    },
  ],
];

// A clock in JavaScript may say anything.
const clockOf = (now: () => unknown, setTimer: Clock['setTimer']): Clock =>
  ({ now, setTimer }) as Clock;

test.for(noTimes)('a clock that begins with %s is refused', ([, now]) => {
  const { setTimer } = virtualClock();
  const clock = clockOf(now, setTimer);
  expect(() => createTyping({ channels: { chat: fakeProvider() }, clock })).toThrow(
    expect.objectContaining({ code: 'misconfigured' }),
  );
});

test.for(noTimes)('a clock that says %s for a while neither hangs nor storms', async ([, now]) => {
  const virtual = virtualClock(1_000);
  let isBroken = false;
  const clock = clockOf(() => (isBroken ? now() : virtual.now()), virtual.setTimer);
  const provider = fakeProvider<typeof alice>();
  const typing = createTyping({ channels: { chat: provider }, clock });
  const session = typing.keep('chat', alice);
  await virtual.advance(100);
  isBroken = true;
  await virtual.advance(5_000);
  await typing.send('chat', { chat: 'bob' });
  expect(provider.starts.length).toBeLessThan(4);
  isBroken = false;
  await virtual.advance(20_000);
  expect(provider.starts.length).toBeGreaterThan(2);
  expect(session.state).toBe('active');
  await typing.close();
});

test('a clock that goes back is taken to stand still', async () => {
  const virtual = virtualClock(100_000);
  let backMs = 0;
  const clock = clockOf(() => virtual.now() - backMs, virtual.setTimer);
  const provider = fakeProvider<typeof alice>();
  const typing = createTyping({ channels: { chat: provider }, clock });
  typing.keep('chat', alice);
  await virtual.advance(100);
  backMs = 50_000;
  await virtual.advance(40_000);
  expect(provider.starts).toHaveLength(1);
  await virtual.advance(20_000);
  expect(provider.starts.length).toBeGreaterThan(1);
  await typing.close();
});
