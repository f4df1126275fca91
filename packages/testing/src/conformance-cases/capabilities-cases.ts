import assert from 'node:assert/strict';
import type { IndicatorLifetime, TypingCapabilities } from '@typingkit/core';
import { assertSurvivesJson } from '../assert-survives-json.ts';
import type { ConformanceCase, ConformanceContext } from '../conformance-case.ts';

const knownWords = {
  repeat: ['extends', 'ignored-while-visible', 'forbidden'],
  stop: ['explicit', 'expires'],
  clearsOnMessage: [true, false, 'unknown'],
  groups: [true, false, 'unknown'],
  inbound: [true, false],
} as const satisfies Partial<Record<keyof TypingCapabilities, readonly unknown[]>>;

const lifetimes = [
  'fixed',
  'caller',
  'until-stopped',
] as const satisfies IndicatorLifetime['kind'][];

/** That `capabilities` tell the truth, as far as data and methods can show it. */
export const capabilitiesCases: readonly ConformanceCase[] = [
  checked('has capabilities that survive JSON', assertSurvivesJson),
  checked('has capabilities in the words of the contract', (capabilities) => {
    for (const [field, words] of Object.entries(knownWords)) {
      const word: unknown = Reflect.get(capabilities, field);
      const isKnown = words.some((known) => known === word);
      assert(isKnown, `capabilities.${field} is none of ${words.join(', ')}`);
    }
    const { ttl, sideEffects, requires } = capabilities;
    assert(lifetimes.includes(ttl.kind), 'capabilities.ttl.kind is none of the contract');
    assert(
      sideEffects.every((effect) => effect === 'marks-read'),
      'capabilities.sideEffects has one that the contract does not know',
    );
    assert(
      requires.every((requirement) => requirement.trim() !== ''),
      'capabilities.requires has an empty sentence',
    );
  }),
  checked('has a lifetime that can be', ({ ttl }) => {
    if (ttl.kind === 'fixed') assertSpan('ttl.ms', ttl.ms);
    if (ttl.kind !== 'caller') return;
    assertSpan('ttl.minMs', ttl.minMs);
    assertSpan('ttl.maxMs', ttl.maxMs);
    assert(ttl.minMs <= ttl.maxMs, 'ttl.minMs is more than ttl.maxMs');
    const { defaultMs = ttl.maxMs } = ttl;
    const isAllowed = defaultMs >= ttl.minMs && defaultMs <= ttl.maxMs;
    assert(isAllowed, 'ttl.defaultMs is not between ttl.minMs and ttl.maxMs');
    if (ttl.stepMs !== undefined) assertSpan('ttl.stepMs', ttl.stepMs);
  }),
  checked('refreshes before the indicator is gone', ({ ttl, repeat, refreshMs }) => {
    if (refreshMs === undefined) return;
    assertSpan('refreshMs', refreshMs);
    // Where a start is ignored while the indicator is up (WhatsApp), a refresh has to wait until it is gone.
    if (repeat !== 'extends') return;
    const isBefore = refreshMs < usualMs(ttl);
    assert(isBefore, 'refreshMs is not less than the lifetime: the indicator would flicker');
  }),
  checked('lets a refresh through its own least interval', (capabilities) => {
    const { ttl, repeat, refreshMs, minIntervalMs } = capabilities;
    const isNumber = Number.isFinite(minIntervalMs) && minIntervalMs >= 0;
    assert(isNumber, 'minIntervalMs is no number of 0 or more');
    const cadenceMs = refreshMs ?? 0.8 * usualMs(ttl);
    const isPossible = repeat !== 'extends' || minIntervalMs <= cadenceMs;
    assert(isPossible, `minIntervalMs forbids the refresh that is due after ${cadenceMs} ms`);
  }),
  checked('has a budget that can be spent, where it has one', ({ budget }) => {
    if (!budget) return;
    const isCount = Number.isSafeInteger(budget.requests) && budget.requests > 0;
    assert(isCount, 'budget.requests is no whole number of 1 or more');
    assertSpan('budget.perMs', budget.perMs);
  }),
  checked('expires only where the lifetime has an end', ({ stop, ttl }) => {
    const isForEver = stop === 'expires' && ttl.kind === 'until-stopped';
    assert(!isForEver, 'an indicator without an end needs a stop');
  }),
  {
    title: "says stop: 'explicit' if and only if it can stop",
    run(context) {
      const { stop } = context.facts;
      const expected = stop === 'expires' ? 'expires' : 'explicit';
      const provider = context.create();
      const canStop = provider.stop !== undefined;
      const differs = provider.capabilitiesOf !== undefined;
      assert.equal(canStop, expected === 'explicit', 'the method stop and the vendor disagree');
      for (const capabilities of allCapabilities(context)) {
        const said = capabilities.stop;
        // One network behind a vendor may have no stop although another has one.
        const isTrue = said === expected || (said === 'expires' && differs);
        assert(isTrue, `capabilities.stop says '${said}', but the vendor has '${expected}'`);
      }
      assert.equal(provider.capabilities.stop, expected);
    },
  },
];

function checked(
  title: string,
  check: (capabilities: TypingCapabilities) => void,
): ConformanceCase {
  return {
    title,
    run(context) {
      for (const capabilities of allCapabilities(context)) check(capabilities);
    },
  };
}

function allCapabilities({ create, facts }: ConformanceContext): TypingCapabilities[] {
  const provider = create();
  const ofTargets = [facts.target, facts.otherTarget].map((target) =>
    provider.capabilitiesOf?.(provider.parseTarget(target)),
  );
  return [provider.capabilities, ...ofTargets.filter((capabilities) => capabilities !== undefined)];
}

function usualMs(ttl: IndicatorLifetime): number {
  if (ttl.kind === 'until-stopped') return Infinity;
  return ttl.kind === 'fixed' ? ttl.ms : (ttl.defaultMs ?? ttl.maxMs);
}

function assertSpan(field: string, ms: number): void {
  assert(Number.isFinite(ms) && ms > 0, `capabilities.${field} is no number of milliseconds`);
}
