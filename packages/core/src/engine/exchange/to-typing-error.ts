import { TypingError, type TypingOperation } from '../../contract/typing-error.ts';

/** Adds to an error on which channel it happened. What a provider throws against its contract becomes a `TypingError`. */
export function toTypingError(
  error: unknown,
  channel: string,
  provider: string | undefined,
  operation?: TypingOperation,
): TypingError {
  if (TypingError.isInstance(error)) {
    return new TypingError({ provider, operation, ...error.toJSON(), channel });
  }
  return new TypingError({
    code: 'bad-response',
    channel,
    provider,
    operation,
    // Its message may hold anything, a key included.
    reason: 'the provider threw something that is no TypingError',
    advice: 'Let describeTypingProvider of @typingkit/testing check the provider.',
  });
}
