import { describe, expect, test } from 'vitest';
import { families } from './families.ts';
import { playMany } from './play-many.ts';

describe('typing with vendors that fail in every way there is', () => {
  test('keeps every promise, in whatever order things happen', { timeout: 0 }, async () => {
    const { isBroken, report } = await playMany(families.failing, 5000);
    expect(isBroken, report).toBe(false);
  });
});
