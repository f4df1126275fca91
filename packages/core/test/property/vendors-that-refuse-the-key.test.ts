import { describe, expect, test } from 'vitest';
import { families } from './families.ts';
import { playMany } from './play-many.ts';

describe('typing with vendors that refuse the key again and again', () => {
  test('keeps every promise, in whatever order things happen', { timeout: 0 }, async () => {
    const { isBroken, report } = await playMany(families.refusing, 2500);
    expect(isBroken, report).toBe(false);
  });
});
