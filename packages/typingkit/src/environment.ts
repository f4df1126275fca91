import { TypingError } from '@typingkit/core';

/** A setting that the environment may hold under one of several names. */
export function setting(...names: readonly string[]): string | undefined {
  // Typed here because the runtimes differ: Workers and browsers have no `process`.
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  for (const name of names) {
    // A key that was pasted with a line break, and one that is set but empty, are everyday accidents.
    const value = process?.env?.[name]?.trim();
    if (value) return value;
  }
  return undefined;
}

/**
 * A key that a channel cannot do without.
 *
 * @param example how to give it in code.
 * @throws TypingError `misconfigured`, naming both ways to give it.
 */
export function requiredKey(provider: string, names: readonly string[], example: string): string {
  const key = setting(...names);
  if (key !== undefined) return key;
  throw new TypingError({
    code: 'misconfigured',
    provider,
    operation: 'configure',
    reason: 'there is no API key',
    advice: `Set ${names.join(' or ')} in the environment, or call configureTyping({ channels: { ${example} } }).`,
  });
}
