import { expect, test } from 'vitest';
import {
  circuitCoolDownMs,
  failuresToOpenCircuit,
  firstSuspensionMs,
  longestSuspensionMs,
  policy,
  rateLimitCoolDownMs,
} from '../../core/src/engine/limits/policy.ts';
import { policyRowOf, policyRows } from '../src/protocol/policy-rows.ts';

/** What only the bot's own code can bring about, and no vendor. */
const ownMistakes = new Set(['misconfigured', 'unknown-channel', 'stopped']);

test('the rows on the page are those of the engine', () => {
  const ofEngine = Object.entries(policy).filter(([code]) => !ownMistakes.has(code));
  expect(ofEngine.map(([code]) => [code, policyRowOf(code)?.id])).toEqual(ofEngine);
  expect(policyRows.flatMap(({ codes }) => codes)).toHaveLength(ofEngine.length);
});

test('the numbers in their words are those of the engine', () => {
  const words = Object.fromEntries(policyRows.map(({ id, consequence }) => [id, consequence]));
  expect(failuresToOpenCircuit).toBe(3);
  expect(words['count']).toContain(
    `Three in a row, and the conversation rests for ${circuitCoolDownMs / 1000} s`,
  );
  expect(words['wait']).toContain(`${rateLimitCoolDownMs / 1000} s without one`);
  expect(words['suspend-credential']).toContain(`after ${firstSuspensionMs / 1000} s`);
  expect(words['suspend-credential']).toContain(`${longestSuspensionMs / 60_000} min`);
});
