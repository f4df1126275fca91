import type { CallOptions, TypingProvider } from '@typingkit/core';
import type { ConformanceContext } from './conformance-case.ts';
import type { CreateOptions, WireExchange } from './provider-facts.ts';

/** A start or a stop of one provider, with the target of the facts. */
export interface Operation {
  readonly name: 'start' | 'stop';
  readonly exchange: WireExchange;
  readonly call: (options?: CallOptions) => Promise<unknown>;
}

/** The start of a new provider. */
export function startOf(context: ConformanceContext, options?: Partial<CreateOptions>): Operation {
  return startWith(context, context.create(options));
}

/** Everything that the vendor can be asked for, by one new provider: to start and, where it can, to stop. */
export function operationsOf(
  context: ConformanceContext,
  options?: Partial<CreateOptions>,
): readonly Operation[] {
  const provider = context.create(options);
  const start = startWith(context, provider);
  const { target, stop } = context.facts;
  if (stop === 'expires') return [start];
  const call: Operation['call'] = async (callOptions = {}) => {
    if (!provider.stop) throw new TypeError('The vendor has a stop, but the provider has none.');
    return provider.stop(provider.parseTarget(target), callOptions);
  };
  return [start, { name: 'stop', exchange: stop, call }];
}

function startWith({ facts }: ConformanceContext, provider: TypingProvider): Operation {
  return {
    name: 'start',
    exchange: facts.start,
    call: async (options = {}) => provider.start(provider.parseTarget(facts.target), options),
  };
}
