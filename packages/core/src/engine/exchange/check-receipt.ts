import { TypingError } from '../../contract/typing-error.ts';
import type { StartReceipt } from '../../contract/typing-receipt.ts';
import { isPause } from '../limits/policy.ts';

/**
 * Reads what a provider's `start` resolved to, once.
 *
 * @throws TypingError `bad-response`, where it is no receipt.
 */
export function checkReceipt(receipt: unknown): StartReceipt {
  if (typeof receipt !== 'object' || receipt === null) throw badReceipt('an object');
  // A provider in JavaScript may have put anything into it.
  const { visibleForMs, traceId, warnings, notShown, vendor } = receipt as Partial<
    Record<keyof StartReceipt, unknown>
  >;
  if (visibleForMs !== undefined && !(isPause(visibleForMs) && visibleForMs > 0)) {
    throw badReceipt('a visibleForMs of more than 0 and less than 2^31 milliseconds');
  }
  return {
    visibleForMs,
    traceId: typeof traceId === 'string' ? traceId : undefined,
    // What is in them is for the caller to read, not for the engine.
    warnings: Array.isArray(warnings) ? (warnings as StartReceipt['warnings']) : undefined,
    notShown: Array.isArray(notShown) ? (notShown as StartReceipt['notShown']) : undefined,
    vendor:
      typeof vendor === 'object' && vendor !== null
        ? (vendor as StartReceipt['vendor'])
        : undefined,
  };
}

function badReceipt(expected: string): TypingError {
  return new TypingError({
    code: 'bad-response',
    reason: `the provider accepted the start with an invalid receipt: it must be ${expected}`,
    advice: 'Test the provider with describeTypingProvider of @typingkit/testing.',
  });
}
