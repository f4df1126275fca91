import { expect, test } from 'vitest';
import {
  circuitCoolDownMs,
  failuresToOpenCircuit,
  firstSuspensionMs,
  longestSuspensionMs,
  rateLimitCoolDownMs,
} from '../../core/src/engine/limits/policy.ts';
import { errorCodeRow, errorCodes } from '@typingkit/core/error-codes';
import { policyRowOf, policyRows } from '../src/protocol/policy-rows.ts';

/** What only the bot's own code can bring about, and no vendor. */
const ownMistakes = new Set(['misconfigured', 'unknown-channel', 'stopped']);

test('every code that a vendor can bring about has one row', () => {
  const codes = Object.keys(errorCodes).filter((code) => !ownMistakes.has(code));
  expect(policyRows.flatMap((row) => row.codes).toSorted()).toEqual(codes.toSorted());
  for (const code of codes) expect(policyRowOf(code)?.id).toBe(errorCodeRow(code).sessions);
});

test('the numbers in their words are those of the engine', () => {
  const words = Object.fromEntries(policyRows.map(({ id, consequence }) => [id, consequence]));
  expect(failuresToOpenCircuit).toBe(3);
  expect(words['counts-toward-circuit']).toContain(
    `After three failures in a row this conversation rests for ${circuitCoolDownMs / 1000} s`,
  );
  expect(words['waits']).toContain(`for ${rateLimitCoolDownMs / 1000} s without one`);
  expect(words['suspends-credential']).toContain(`after ${firstSuspensionMs / 1000} s`);
  expect(words['suspends-credential']).toContain(`${longestSuspensionMs / 60_000} minutes`);
});
