import { TypingError } from '../contract/typing-error.ts';

/** How a person types. */
export interface HumanDelayOptions {
  /** How fast, in words of five characters. Default: 60, a practised typist. */
  readonly wordsPerMinute?: number | undefined;
  /** The least it takes, in milliseconds. Default: 500. */
  readonly minMs?: number | undefined;
  /** The most it takes, in milliseconds, because nobody waits for ever. Default: 10,000. */
  readonly maxMs?: number | undefined;
}

const charactersPerWord = 5;
// Made with the first text: it loads the tables of Unicode, some 8 ms that no import should wait for.
let graphemes: Intl.Segmenter | undefined;

/**
 * How long a person would type a text, in milliseconds. It waits for nothing and knows no indicator: what to do with the
 * answer is yours.
 *
 * Characters are counted as a reader sees them: an emoji is one.
 *
 * @throws TypingError `misconfigured`, where a number is not positive (`minMs` may be 0) or `minMs` is more than `maxMs`.
 */
export function humanDelay(text: string, options: HumanDelayOptions = {}): number {
  const { wordsPerMinute = 60, minMs = 500, maxMs = 10_000 } = options;
  if (!(wordsPerMinute > 0 && minMs >= 0 && maxMs >= minMs)) {
    throw new TypingError({
      code: 'misconfigured',
      reason: 'wordsPerMinute must be more than 0, and minMs between 0 and maxMs',
    });
  }
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let characters = 0;
  for (const _ of graphemes.segment(text)) characters += 1;
  const typingMs = (characters / charactersPerWord / wordsPerMinute) * 60_000;
  return Math.round(Math.min(maxMs, Math.max(minMs, typingMs)));
}
