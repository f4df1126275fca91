import type { ChannelSource } from '../../api/typing.ts';
import { TypingError } from '../../contract/typing-error.ts';
import type { TypingProvider } from '../../contract/typing-provider.ts';

/**
 * Asks the source of a channel for its provider. What a source throws or quotes is never shown: it may hold a key.
 *
 * @throws TypingError `misconfigured`, where it gives none.
 */
export function providerOf(source: ChannelSource): TypingProvider {
  const provider: unknown = typeof source === 'function' ? call(source) : source;
  if (isProvider(provider)) return provider;
  if (provider instanceof Promise || isThenable(provider)) {
    // Whatever it rejects with may quote the key, and an unhandled rejection would print it and end the process.
    Promise.resolve(provider).catch(() => {});
    throw refusal(
      'the function that makes the provider of this channel returned a promise',
      'Make it synchronous. A key that has to be fetched can be a function: linq({ apiKey: async () => … }).',
    );
  }
  throw refusal(
    'the source of this channel is not a TypingProvider of specification 1',
    'Pass a provider such as linq({ apiKey }), or a function that returns one.',
  );
}

const beingAsked = new WeakSet<object>();

function call(source: () => unknown): unknown {
  if (beingAsked.has(source)) throw circular();
  beingAsked.add(source);
  try {
    return source();
  } catch (error) {
    if (TypingError.isInstance(error)) throw error;
    // A container whose factory resolves itself ends with a full stack.
    if (error instanceof RangeError) throw circular();
    throw refusal('the function that makes the provider of this channel threw an error');
  } finally {
    beingAsked.delete(source);
  }
}

function isProvider(value: unknown): value is TypingProvider {
  return (
    typeof value === 'object' &&
    value !== null &&
    'specification' in value &&
    value.specification === 1
  );
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function circular(): TypingError {
  return refusal(
    'the function that makes the provider of this channel calls itself',
    'It must create the provider, not use the channel that the provider is for.',
  );
}

function refusal(reason: string, advice?: string): TypingError {
  return new TypingError({ code: 'misconfigured', operation: 'configure', reason, advice });
}
