import { accountsOf, capabilitiesOf } from './ask-provider.ts';
import type { ChannelContext } from './channel-context.ts';
import type { EngineContext } from '../engine-context.ts';
import { TypingError } from '../../contract/typing-error.ts';
import { withHidden } from '../hidden-fields.ts';
import { toTypingError } from '../exchange/to-typing-error.ts';
import { runner } from '../indicator/run.ts';
import { ExchangesInFlight } from '../exchange/in-flight-table.ts';
import type { ChannelSource } from '../../api/typing.ts';
import { providerOf } from './provider-of.ts';

/**
 * Makes the provider of a channel, and what its indicators share.
 *
 * @throws TypingError `misconfigured`, where there is no provider.
 */
export function openChannel(
  channel: string,
  source: ChannelSource,
  engine: EngineContext,
  forget: ChannelContext['forget'],
): ChannelContext {
  const { clock, wheel, random, gate, onEvent, enabled, waitUntil } = engine;
  const provider = providerOf(source);
  const emit: ChannelContext['emit'] = (event, conversation) => {
    const sourced = { ...event, channel, provider: provider.name };
    onEvent(conversation === undefined ? sourced : withHidden(sourced, { conversation }));
  };
  const capabilities = capabilitiesOf(provider);
  const typed: ChannelContext['typed'] = (error, operation) =>
    toTypingError(error, channel, provider.name, operation);
  return {
    channel,
    provider,
    clock,
    wheel,
    random,
    gate,
    runner,
    starts: new ExchangesInFlight(),
    engine,
    get isObserved() {
      return engine.isObserved;
    },
    nowMs: () => Math.ceil(clock.now()),
    capabilitiesOf: (target) => capabilities.of(target),
    canStop: (target) =>
      provider.stop !== undefined &&
      (provider.capabilitiesOf === undefined || capabilities.of(target).stop === 'explicit'),
    faultOf: (target) => capabilities.faultOf(target),
    accountOf: accountsOf(channel, provider),
    isEnabled: (target) => enabled(channel, target),
    emit,
    typed,
    error: (operation, code, reason, retryAfterMs) =>
      typed(new TypingError({ code, reason, retryAfterMs }), operation),
    waitUntil,
    forget,
  };
}
