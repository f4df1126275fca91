import type { CallOptions, TypingProvider } from '@typingkit/core';
import { expect } from 'vitest';
import { type ConformanceContext, pathOf } from './conformance-case.ts';
import type { VendorConduct } from './loopback-vendor.ts';
import type { AnyFacts, CreateOptions, DiagnosisFacts, WireExchange } from './provider-facts.ts';

/** Something that one provider asks its vendor for, with the target of the facts. */
export interface Operation {
  readonly name: 'start' | 'stop' | 'diagnose';
  /** What the vendor does when all is well. */
  readonly usual: VendorConduct;
  readonly call: (options?: CallOptions) => Promise<unknown>;
}

/** A start or a stop: one exchange. */
export interface SingleExchange extends Operation {
  readonly exchange: WireExchange<unknown>;
}

/** The start of a new provider. */
export function startOf(
  context: ConformanceContext,
  options?: Partial<CreateOptions<unknown>>,
): SingleExchange {
  return startWith(context, context.create(options));
}

/** Everything that the vendor can be asked for, by one new provider: to start and, where it can, to stop and why. */
export function operationsOf(
  context: ConformanceContext,
  options?: Partial<CreateOptions<unknown>>,
): readonly Operation[] {
  const provider = context.create(options);
  const { diagnose, stop } = context.facts;
  return [
    startWith(context, provider),
    ...(stop === 'expires' ? [] : [stopWith(context, provider, stop)]),
    ...(diagnose ? [diagnosisWith(context, provider, diagnose)] : []),
  ];
}

/** The start and the stop of one provider, whose vendor has a stop. */
export function startAndStopOf(
  context: ConformanceContext,
  options?: Partial<CreateOptions<unknown>>,
): readonly [start: SingleExchange, stop: SingleExchange] {
  const { stop } = context.facts;
  if (stop === 'expires') throw new TypeError('By its facts the vendor has no stop.');
  const provider = context.create(options);
  return [startWith(context, provider), stopWith(context, provider, stop)];
}

function startWith({ facts }: ConformanceContext, provider: TypingProvider): SingleExchange {
  return {
    name: 'start',
    exchange: facts.start,
    usual: facts.start.answer,
    call: async (options = {}) => provider.start(provider.parseTarget(facts.target), options),
  };
}

function stopWith(
  { facts }: ConformanceContext,
  provider: TypingProvider,
  exchange: WireExchange<unknown>,
): SingleExchange {
  const call: Operation['call'] = async (options = {}) => {
    if (!provider.stop) throw new TypeError('The vendor has a stop, but the provider has none.');
    return provider.stop(provider.parseTarget(facts.target), options);
  };
  return { name: 'stop', exchange, usual: exchange.answer, call };
}

/** The question why nothing is seen. */
export function diagnosisWith(
  context: ConformanceContext,
  provider: TypingProvider,
  { exchanges }: Pick<DiagnosisFacts<unknown>, 'exchanges'>,
): Operation {
  const call: Operation['call'] = async (options = {}) => {
    if (!provider.diagnose) throw new TypeError('By its facts the provider has a diagnose.');
    return provider.diagnose(provider.parseTarget(context.facts.target), options);
  };
  const usual: VendorConduct = (method, path) =>
    exchanges.find((exchange) => isOf(context, exchange, method, path))?.answer ?? { status: 404 };
  return { name: 'diagnose', usual, call };
}

/** Whether a request is the one of an exchange. */
export function isOf(
  { credential }: Pick<ConformanceContext, 'credential'>,
  exchange: Pick<WireExchange<unknown>, 'method' | 'path'>,
  method: string,
  path: string,
): boolean {
  if (exchange.method !== method) return false;
  try {
    // What is documented may be an asymmetric matcher.
    expect(path).toEqual(pathOf(exchange, credential));
    return true;
  } catch {
    return false;
  }
}

/** What a provider has to be asked about its diagnosis. */
export function diagnosisFacts({ diagnose }: AnyFacts): DiagnosisFacts<unknown> {
  if (!diagnose) throw new TypeError('The facts say nothing of a diagnose.');
  return diagnose;
}
