import { expect, test } from 'vitest';
import type { InSequence } from './bench-sessions/in-sequence.ts';
import { runChild } from './bench-sessions/run-child.ts';

// A single field that holds a number weighs 8 bytes, a listener ten times as much.
const noiseBytes = 4;

test('sessions that have ended leave nothing on the heap and nothing on the AbortSignal', async () => {
  const { grownBytes, listenersLeft } = await runChild<InSequence>('./in-sequence.ts', [100_000]);
  expect(listenersLeft).toBe(0);
  expect(grownBytes).toBeLessThan(noiseBytes);
}, 120_000);
