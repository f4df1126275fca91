import assert from 'node:assert/strict';
import type { ProviderAddress } from '@typingkit/core';
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import type { AnyFacts } from '../provider-facts.ts';

const hasAddress: ConformanceCase['applies'] = ({ address }) => address !== undefined;

/** The part of a provider that needs no key: a process that only hands work on has no more. */
export const addressCases: readonly ConformanceCase[] = [
  {
    title: 'has an address that says what the provider says',
    applies: hasAddress,
    run({ create, facts }) {
      const [provider, address] = [create(), addressOf(facts)];
      for (const field of ['specification', 'name', 'capabilities'] as const) {
        expect(address[field], `${field} of the address`).toEqual(provider[field]);
      }
      for (const target of [facts.target, facts.otherTarget, ...(facts.sameConversation ?? [])]) {
        expect(saidOf(address, target), 'what the address says').toEqual(saidOf(provider, target));
      }
      for (const target of facts.invalidTargets) {
        assert.equal(codeOf(address, target), codeOf(provider, target), 'an invalid target');
      }
    },
  },
  {
    title: 'names its credential by a string that stays the same and reveals no key',
    run({ create, credential, facts }) {
      const provider = create();
      if (!provider.credentialKey) return;
      const target = provider.parseTarget(facts.target);
      const key: unknown = provider.credentialKey(target);
      assert(key === undefined || typeof key === 'string', 'the name is no string');
      assert.equal(provider.credentialKey(target), key, 'a second look gives another key');
      assert.equal(create().credentialKey?.(target), key, 'another provider gives another key');
      if (facts.address) {
        assert.equal(facts.address().credentialKey?.(target), key, 'the address gives another key');
      }
      const isRevealed = typeof credential === 'string' && String(key).includes(credential);
      assert(!isRevealed, 'it holds the key');
    },
  },
];

/** With which code a target is refused, if at all. */
function codeOf(address: ProviderAddress, target: unknown): unknown {
  try {
    address.parseTarget(target);
    return undefined;
  } catch (error) {
    return Object(error).code;
  }
}

function addressOf({ address }: AnyFacts): ProviderAddress {
  if (!address) throw new TypeError('The facts say nothing of an address.');
  return address();
}

/** Of a copy, because addresses are spread into providers. */
function saidOf(address: ProviderAddress, input: unknown): unknown {
  const copy = { ...address };
  const target = copy.parseTarget(input);
  return {
    target,
    conversation: copy.conversationKey(target),
    capabilities: copy.capabilitiesOf?.(target),
    budget: copy.budgetKey?.(target),
  };
}
