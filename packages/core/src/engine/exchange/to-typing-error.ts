import {
  TypingError,
  type TypingErrorDetails,
  type TypingOperation,
} from '../../contract/typing-error.ts';
import { isPause } from '../limits/policy.ts';

/** Adds to an error on which channel it happened. What a provider throws against its contract becomes a `TypingError`. */
export function toTypingError(
  error: unknown,
  channel: string,
  provider: string | undefined,
  operation?: TypingOperation,
): TypingError {
  const details = detailsOf(error);
  if (details) return new TypingError({ provider, operation, ...details, channel });
  return new TypingError({
    code: 'bad-response',
    channel,
    provider,
    operation,
    // Its message may hold anything, a key included.
    reason: 'the provider threw something that is not a TypingError',
    advice: 'Test the provider with describeTypingProvider of @typingkit/testing.',
  });
}

/** What an error says, where it is a `TypingError` of any version that can be read. */
function detailsOf(error: unknown): TypingErrorDetails | undefined {
  try {
    if (!TypingError.isInstance(error)) return undefined;
    const { retryAfterMs, retryable, ...details } = error.toJSON();
    const { code, reason } = details;
    // Also one of another version, or of none.
    if (typeof code !== 'string' || typeof reason !== 'string') return undefined;
    return {
      ...details,
      ...(typeof retryable === 'boolean' && { retryable }),
      ...(isWait(retryAfterMs) && { retryAfterMs: Math.ceil(retryAfterMs) }),
    };
  } catch {
    return undefined;
  }
}

function isWait(retryAfterMs: unknown): retryAfterMs is number {
  // Longer than a timer can wait is a wait, too.
  return (
    isPause(retryAfterMs) ||
    (typeof retryAfterMs === 'number' && retryAfterMs > 0 && retryAfterMs < Infinity)
  );
}
