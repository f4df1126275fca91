import type { TypingCapabilities } from '../../contract/typing-capabilities.ts';
import { TypingError } from '../../contract/typing-error.ts';
import type { TypingProvider } from '../../contract/typing-provider.ts';
import type { GateAccount } from '../limits/gate.ts';
import { ignored } from '../ignored.ts';
import { isThenable } from '../limits/ask-gate.ts';
import { isPause } from '../limits/policy.ts';

// What a provider says of itself and of a target. Nothing of it is believed that cannot be.

/** What a conversation types on. */
export interface Account extends GateAccount {
  /** What is wrong with the provider that should have named it: every start fails with that. */
  readonly fault: TypingError | undefined;
}

/** A target in the form that its provider takes, and the conversation that it names. */
export interface Located {
  readonly key: string;
  readonly target: unknown;
}

/** @throws TypingError `invalid-target`; `bad-response` where the provider names no conversation. */
export function locate(provider: TypingProvider, input: unknown): Located {
  const target = parsed(provider, input);
  const key: unknown = provider.conversationKey(target);
  if (typeof key !== 'string') throw faultOf('conversationKey did not return a string', key);
  return { key, target };
}

function parsed(provider: TypingProvider, input: unknown): unknown {
  try {
    const target: unknown = provider.parseTarget(input);
    if (isThenable(target)) throw faultOf('parseTarget returned a promise', target);
    return target;
  } catch (error) {
    if (TypingError.isInstance(error)) throw error;
    // A target may have getters of its own.
    throw new TypingError({ code: 'invalid-target', reason: 'the target could not be read' });
  }
}

/** Finds what a target types on. Never throws. */
export function accountsOf(
  channel: string,
  provider: TypingProvider,
): (target: unknown) => Account {
  const { budget } = provider.capabilities;
  const about = { channel, provider: provider.name, budget };
  const plain: Account = { ...about, credential: provider, budgetKey: undefined, fault: undefined };
  if (!provider.budgetKey && !provider.credentialKey) return () => plain;
  let latest = plain;
  return (target) => {
    try {
      const name: unknown = provider.credentialKey?.(target);
      const budgetKey: unknown = provider.budgetKey?.(target);
      if (!isName(name)) throw faultOf('credentialKey did not return a string', name);
      if (!isName(budgetKey)) throw faultOf('budgetKey did not return a string', budgetKey);
      const credential = name === undefined ? provider : `${provider.name} ${name}`;
      const isLatest = latest.credential === credential && latest.budgetKey === budgetKey;
      if (!isLatest) latest = { ...about, credential, budgetKey, fault: undefined };
      return latest;
    } catch (error) {
      const fault = TypingError.isInstance(error)
        ? error
        : faultOf('credentialKey or budgetKey failed');
      return { ...plain, fault };
    }
  };
}

function isName(name: unknown): name is string | undefined {
  return name === undefined || typeof name === 'string';
}

/** How to ask for the capabilities for a target. */
export interface CapabilitiesOf {
  /** Those of the provider, where it says nothing sensible of the target. Never throws. */
  of(target: unknown): TypingCapabilities;
  /** What is wrong with what the provider says of a target. */
  faultOf(target: unknown): TypingError | undefined;
}

/** @throws TypingError `misconfigured`, where the provider's own are invalid. */
export function capabilitiesOf(provider: TypingProvider): CapabilitiesOf {
  const { capabilities } = provider;
  const wrong = wrongWith(capabilities);
  if (wrong !== undefined) {
    const reason = `the capabilities of this provider are invalid: ${wrong}`;
    throw new TypingError({ code: 'misconfigured', operation: 'configure', reason });
  }
  if (!provider.capabilitiesOf) return { of: () => capabilities, faultOf: () => undefined };
  let latest = capabilities;
  const ask = (target: unknown): TypingCapabilities => {
    const special = provider.capabilitiesOf?.(target) ?? capabilities;
    if (special === latest) return special;
    const wrongHere = wrongWith(special);
    if (wrongHere !== undefined) throw faultOf(`capabilitiesOf returned ${wrongHere}`, special);
    latest = special;
    return special;
  };
  return {
    of(target) {
      try {
        return ask(target);
      } catch {
        return capabilities;
      }
    },
    faultOf(target) {
      try {
        ask(target);
        return undefined;
      } catch (error) {
        return TypingError.isInstance(error) ? error : faultOf('capabilitiesOf failed');
      }
    },
  };
}

/** More requests than that are no limit, and would be kept in mind one by one. */
const mostRequests = 100_000;

/** What a time table cannot be made from. */
function wrongWith(capabilities: TypingCapabilities): string | undefined {
  if (typeof capabilities !== 'object' || capabilities === null) return 'no object';
  const { ttl, repeat, minIntervalMs, refreshMs, budget } = capabilities;
  if (typeof ttl !== 'object' || ttl === null || !isLifetime(ttl)) return 'an invalid ttl';
  if (!repeats.has(repeat)) return 'an invalid repeat';
  if (!isPause(minIntervalMs)) return 'an invalid minIntervalMs';
  if (refreshMs !== undefined && !isSpan(refreshMs)) return 'an invalid refreshMs';
  if (budget === undefined) return undefined;
  if (typeof budget !== 'object' || budget === null) return 'an invalid budget';
  const { requests, perMs } = budget;
  const isBudget =
    Number.isInteger(requests) && requests > 0 && requests <= mostRequests && isSpan(perMs);
  return isBudget ? undefined : 'an invalid budget';
}

const repeats: ReadonlySet<unknown> = new Set(['extends', 'ignored-while-visible', 'forbidden']);

function isLifetime(ttl: TypingCapabilities['ttl']): boolean {
  switch (ttl.kind) {
    case 'fixed':
      return isSpan(ttl.ms);
    case 'caller':
      return (
        isSpan(ttl.minMs) &&
        isSpan(ttl.maxMs) &&
        ttl.minMs <= ttl.maxMs &&
        (ttl.defaultMs === undefined || isSpan(ttl.defaultMs)) &&
        (ttl.stepMs === undefined || isSpan(ttl.stepMs))
      );
    case 'until-stopped':
      return true;
    default:
      return false;
  }
}

function isSpan(ms: unknown): boolean {
  return isPause(ms) && ms > 0;
}

/** The provider broke its contract. @param given what it gave instead. */
function faultOf(reason: string, given?: unknown): TypingError {
  ignored(given);
  return new TypingError({
    code: 'bad-response',
    reason,
    advice: 'Test the provider with describeTypingProvider of @typingkit/testing.',
  });
}
