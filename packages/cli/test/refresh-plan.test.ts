import type { TypingCapabilities } from '@typingkit/core';
import { describe, expect, it } from 'vitest';
import { refreshEveryMs } from '../src/refresh-plan.ts';

const capabilities: TypingCapabilities = {
  ttl: { kind: 'fixed', ms: 60_000, source: 'documented' },
  repeat: 'extends',
  stop: 'explicit',
  clearsOnMessage: true,
  groups: true,
  minIntervalMs: 3_000,
  sideEffects: [],
  inbound: false,
  requires: [],
};
const ttlOfCaller = { kind: 'caller', minMs: 5_000, maxMs: 20_000 } as const;

describe('an indicator that is kept alive is refreshed', () => {
  it.each<
    [
      when: string,
      changes: Partial<TypingCapabilities>,
      wishMs: number | undefined,
      everyMs: number | undefined,
    ]
  >([
    ['at 0.8 of its lifetime', {}, undefined, 48_000],
    ['at 0.8 of the longest lifetime a caller can have', { ttl: ttlOfCaller }, undefined, 16_000],
    ['when its adapter says', { refreshMs: 5_000 }, undefined, 5_000],
    ['more often, where the user wants it', {}, 10_000, 10_000],
    ['never more often than the vendor takes it', {}, 100, 3_000],
    ['never later than it is needed', {}, 90_000, 48_000],
    [
      'when it is gone, where a repeat changes nothing',
      { repeat: 'ignored-while-visible' },
      9_000,
      60_000,
    ],
    [
      'never, where it stays until it is stopped',
      { ttl: { kind: 'until-stopped' } },
      9_000,
      undefined,
    ],
  ])('%s', (_, changes, wishMs, everyMs) => {
    expect(refreshEveryMs({ ...capabilities, ...changes }, wishMs)).toBe(everyMs);
  });
});
