import { budgetsOf } from '../limits/budgets-of.ts';
import type { ChannelContext } from './channel-context.ts';
import { Credential } from '../limits/credential.ts';
import type { EngineContext } from '../engine-context.ts';
import { TypingError } from '../../contract/typing-error.ts';
import { withHidden } from '../hidden-fields.ts';
import { toTypingError } from '../exchange/to-typing-error.ts';
import { admitAfter, runner } from '../indicator/run.ts';
import { consequenceOf, leastPauseMs, rateLimitCoolDownMs } from '../limits/policy.ts';
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
  const { clock, wheel, random, onEvent, enabled, waitUntil } = engine;
  const provider = providerOf(source);
  const emit: ChannelContext['emit'] = (event, conversation) => {
    const sourced = { ...event, channel, provider: provider.name };
    onEvent(conversation === undefined ? sourced : withHidden(sourced, { conversation }));
  };
  const nowMs = (): number => Math.ceil(clock.now());
  const capabilitiesOf: ChannelContext['capabilitiesOf'] = provider.capabilitiesOf
    ? (target) => provider.capabilitiesOf?.(target) ?? provider.capabilities
    : () => provider.capabilities;
  const budgetOf = budgetsOf(provider);
  const typed: ChannelContext['typed'] = (error, operation) =>
    toTypingError(error, channel, provider.name, operation);
  return {
    channel,
    provider,
    clock,
    wheel,
    random,
    runner,
    starts: new ExchangesInFlight(),
    engine,
    get isObserved() {
      return engine.isObserved;
    },
    nowMs,
    capabilitiesOf,
    emit,
    typed,
    error: (operation, code, reason, retryAfterMs) =>
      typed(new TypingError({ code, reason, retryAfterMs }), operation),
    heed(target, { code, retryAfterMs = rateLimitCoolDownMs }) {
      if (consequenceOf(code) !== 'waits') return;
      // "At once" cannot be what somebody wants who has just complained.
      const pauseMs = Math.max(retryAfterMs, capabilitiesOf(target).minIntervalMs, leastPauseMs);
      budgetOf(target).holdUntil(nowMs() + pauseMs);
    },
    waitUntil,
    isEnabled: (target) => enabled(channel, target),
    credential: new Credential(clock, wheel, {
      admits: admitAfter,
      suspended: (retryAfterMs) => emit({ type: 'suspended', retryAfterMs }),
      resumed: () => emit({ type: 'resumed' }),
    }),
    budgetOf,
    forget,
  };
}
