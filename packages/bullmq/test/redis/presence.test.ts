import { expect, test } from 'vitest';
import { Presence } from '../../src/redis/presence.ts';

function presence() {
  const heard: string[] = [];
  let nowMs = 0;
  const made = new Presence(
    (isUp) => heard.push(isUp ? 'back' : 'away'),
    () => nowMs,
  );
  return {
    heard,
    presence: made,
    after(ms: number): void {
      nowMs += ms;
    },
  };
}

test('a Redis that flaps is one warning', () => {
  const { after, heard, presence: redis } = presence();
  for (let flap = 0; flap < 20; flap += 1) {
    redis.failed('ECONNREFUSED');
    after(700);
    redis.answered();
    after(4_200);
    redis.answered();
  }
  expect(heard).toEqual(['away']);
});

test('Redis is back when it has answered for five seconds, and may then be away again', () => {
  const { after, heard, presence: redis } = presence();
  redis.answered();
  redis.failed('ECONNREFUSED');
  after(60_000);
  redis.answered();
  after(4_999);
  redis.answered();
  expect(heard).toEqual(['away']);
  after(1);
  redis.answered();
  expect(heard).toEqual(['away', 'back']);
  redis.failed('ECONNREFUSED');
  expect(heard).toEqual(['away', 'back', 'away']);
});
