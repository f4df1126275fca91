import { describe, expect, test } from 'vitest';
import { families } from './families.ts';
import { playMany } from './play-many.ts';

describe('typing behind a gate that answers late, out of order, or not at all', () => {
  test.for(Object.keys(families) as (keyof typeof families)[])(
    'keeps every promise but how soon, with vendors that are %s',
    { timeout: 0 },
    async (family) => {
      const { isBroken, report } = await playMany(families[family], 1_000, 'late');
      expect(isBroken, report).toBe(false);
    },
  );
});
