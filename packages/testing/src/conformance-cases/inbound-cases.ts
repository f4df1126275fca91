import assert from 'node:assert/strict';
import type { ProviderAddress } from '@typingkit/core';
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import type { AnyFacts } from '../provider-facts.ts';

/** What a provider reads of its vendor's webhooks; its address does the same. */
export const inboundCases: readonly ConformanceCase[] = [
  {
    title: 'finds in each message the targets that the facts say, one for each conversation',
    applies: ({ targetsIn }) => targetsIn !== undefined,
    run({ create, facts }) {
      for (const reader of readersOf(create(), facts)) {
        for (const [place, { message, targets }] of (facts.targetsIn ?? []).entries()) {
          const row = `row ${place} of targetsIn`;
          const found = methodOf(reader, 'targetsIn')(message);
          expect(found, row).toEqual(targets);
          const keys = found.map((target) => reader.conversationKey(target));
          assert.equal(new Set(keys).size, keys.length, `${row} has a conversation twice`);
          for (const target of found) expect(reader.parseTarget(target), row).toEqual(target);
        }
      }
    },
  },
  {
    title: 'makes of each event what the facts say',
    applies: ({ inboundIn }) => inboundIn !== undefined,
    run({ create, facts }) {
      for (const reader of readersOf(create(), facts)) {
        for (const [place, { event, events }] of (facts.inboundIn ?? []).entries()) {
          const read = methodOf(reader, 'inboundIn')(event);
          expect(read, `row ${place} of inboundIn`).toEqual(events);
        }
      }
    },
  },
  {
    title: 'reads nothing in what is no message, and never throws for it',
    applies: ({ targetsIn }) => targetsIn !== undefined,
    run({ create, facts }) {
      const good = facts.targetsIn?.map(({ message }) => message) ?? [];
      readsGarbage(methodOf(create(), 'targetsIn'), good);
    },
  },
  {
    title: 'reads nothing in what is no event, and never throws for it',
    applies: ({ inboundIn }) => inboundIn !== undefined,
    run({ create, facts }) {
      const good = facts.inboundIn?.map(({ event }) => event) ?? [];
      readsGarbage(methodOf(create(), 'inboundIn'), good);
    },
  },
];

function readersOf(provider: ProviderAddress, { address }: AnyFacts): ProviderAddress[] {
  return address ? [provider, address()] : [provider];
}

function methodOf(
  reader: ProviderAddress,
  method: 'targetsIn' | 'inboundIn',
): (value: unknown) => readonly unknown[] {
  const read = reader[method];
  assert(read, `there is no ${method}`);
  return read;
}

const garbage: readonly unknown[] = [
  undefined,
  null,
  true,
  7,
  Number.NaN,
  '',
  'text',
  Symbol('garbage'),
  [],
  [null],
  {},
  { data: null },
  () => {},
  Object.create(null),
  {
    get type(): never {
      throw new Error('a getter threw');
    },
  },
];

function readsGarbage(
  read: (value: unknown) => readonly unknown[],
  good: readonly unknown[],
): void {
  for (const value of garbage) {
    expect(withoutThrowing(read, value), 'what was read in garbage').toEqual([]);
  }
  // What of it is still a message does not matter here.
  for (const value of good.flatMap(spoilt)) {
    assert(Array.isArray(withoutThrowing(read, value)), 'something else than a list was returned');
  }
}

function withoutThrowing(read: (value: unknown) => readonly unknown[], value: unknown): unknown {
  try {
    return read(value);
  } catch {
    assert.fail('it threw');
  }
}

/** The same value with each of its parts missing, or of another kind. */
function spoilt(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [null, {}, [], 'text', -1, 1e300];
  return Object.entries(value).flatMap(([name, part]) =>
    [undefined, ...spoilt(part)].map((other) => withPart(value, name, other)),
  );
}

function withPart(whole: object, name: string, part: unknown): object {
  const copy = structuredClone(whole);
  if (part === undefined) Reflect.deleteProperty(copy, name);
  else Reflect.set(copy, name, part);
  return copy;
}
