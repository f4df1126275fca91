import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { ConformanceCase, ConformanceContext } from '../conformance-case.ts';
import { thrownBy } from '../outcome.ts';

const noTargets = [undefined, null, true, 0, '', [], {}] as const;

/** What is a target, and which conversation it names. */
export const targetCases: readonly ConformanceCase[] = [
  {
    title: 'takes a target again that it has parsed, unchanged',
    run({ create, facts }) {
      const provider = create();
      for (const target of [facts.target, facts.otherTarget, ...(facts.sameConversation ?? [])]) {
        const parsed = provider.parseTarget(target);
        expect(provider.parseTarget(parsed)).toEqual(parsed);
      }
    },
  },
  {
    title: 'refuses what is no target at all',
    run: (context) => refuses(context, noTargets),
  },
  {
    title: 'refuses every invalid target, before any request',
    applies: ({ invalidTargets }) => invalidTargets.length > 0,
    run: (context) => refuses(context, context.facts.invalidTargets),
  },
  {
    title: 'names one conversation by one key, always',
    run({ create, facts }) {
      const provider = create();
      const target = provider.parseTarget(facts.target);
      const key = provider.conversationKey(target);
      assert.equal(typeof key, 'string');
      assert.notEqual(key, '', 'the key is empty');
      assert.equal(provider.conversationKey(target), key, 'a second look gives another key');
      const copy = provider.parseTarget(JSON.parse(JSON.stringify(target)));
      assert.equal(provider.conversationKey(copy), key, 'a copy of the target has another key');
      assert.equal(create().conversationKey(target), key, 'another provider gives another key');
    },
  },
  {
    title: 'names two conversations by two keys',
    run({ create, facts }) {
      const provider = create();
      const [one, two] = [facts.target, facts.otherTarget].map((target) =>
        provider.conversationKey(provider.parseTarget(target)),
      );
      assert.notEqual(one, two);
    },
  },
  {
    title: 'sees through other spellings of one conversation',
    applies: ({ sameConversation = [] }) => sameConversation.length > 0,
    run({ create, facts }) {
      const provider = create();
      const key = provider.conversationKey(provider.parseTarget(facts.target));
      for (const target of facts.sameConversation ?? []) {
        const what = `the key of ${inspect(target)}`;
        assert.equal(provider.conversationKey(provider.parseTarget(target)), key, what);
      }
    },
  },
  {
    title: 'names who shares a budget by a text, where it does',
    run({ create, facts }) {
      const provider = create();
      if (!provider.budgetKey) return;
      const target = provider.parseTarget(facts.target);
      const key = provider.budgetKey(target);
      assert.equal(typeof key, 'string');
      assert.equal(provider.budgetKey(target), key, 'a second look gives another key');
    },
  },
];

async function refuses(
  { create, vendor }: ConformanceContext,
  targets: readonly unknown[],
): Promise<void> {
  const provider = create();
  vendor.behave({ status: 500 });
  for (const target of targets) {
    const what = `the target ${inspect(target)}`;
    const { code } = thrownBy(() => provider.parseTarget(target), what);
    assert.equal(code, 'invalid-target', what);
  }
  await vendor.caughtUp();
  assert.equal(vendor.requests.length, 0, 'the vendor was asked about a target');
}
