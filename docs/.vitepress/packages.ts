/** Every entry of a published package, by the name under which it is imported. The reference has a page for each. */
export const entries: Readonly<Record<string, string>> = {
  typingkit: 'typingkit/src/index.ts',
  '@typingkit/core': 'core/src/index.ts',
  '@typingkit/core/error-codes': 'core/src/contract/error-codes.ts',
  '@typingkit/core/http': 'core/src/http/index.ts',
  '@typingkit/core/undici': 'core/src/undici/index.ts',
  '@typingkit/core/webhook': 'core/src/webhook/index.ts',
  '@typingkit/linq': 'providers/linq/src/index.ts',
  '@typingkit/linq/webhook': 'providers/linq/src/webhook/index.ts',
  '@typingkit/connectsafely': 'providers/connectsafely/src/index.ts',
  '@typingkit/discord': 'providers/discord/src/index.ts',
  '@typingkit/telegram': 'providers/telegram/src/index.ts',
  '@typingkit/tsyringe': 'tsyringe/src/index.ts',
  '@typingkit/testing': 'testing/src/index.ts',
  '@typingkit/simulator': 'simulator/src/index.ts',
  '@typingkit/playground': 'playground/src/index.ts',
  '@typingkit/cli': 'cli/src/index.ts',
};
