import { findSpellings, isSurelyClean, longestRead, type Secret, type Span } from './spellings.ts';

const longestReason = 200;

/** Makes what a vendor wrote fit for an error or a receipt: without secrets and recipients, on one line and short. */
export interface Redaction {
  /** A sentence, or `undefined` where there is none. */
  sentence(value: unknown): string | undefined;
  /** A code or an id, also one in base64: one short word, or `undefined`. */
  word(value: unknown): string | undefined;
  /** An https address, or `undefined`. */
  link(value: unknown): string | undefined;
}

/**
 * A vendor's answer may quote the request: the key, the recipient, a phone number. They are found in every usual spelling:
 * in another case, percent-encoded, in base64, escaped as in JSON, broken by white space, and a phone number however its
 * digits are grouped. It takes time in proportion to what is read.
 *
 * @param secrets the key and the ids of this call.
 */
export function redactionOf(secrets: readonly Secret[]): Redaction {
  return new RedactionOf(secrets);
}

class RedactionOf implements Redaction {
  readonly #secrets: readonly Secret[];

  constructor(secrets: readonly Secret[]) {
    this.#secrets = secrets;
  }

  sentence(value: unknown): string | undefined {
    if (typeof value !== 'string') return undefined;
    const text = oneLine(this.#without(value))
      .replaceAll(/bearer \S+/gi, 'Bearer …')
      // The lookbehind keeps the search from beginning anew at each letter of a word without an @.
      .replaceAll(/(?<![^\s@<>"'])[^\s@<>"']+(?:@|%40)[^\s@<>"']+/gi, '…')
      // With a plus, as people write them, (555) 123-4567, or as digits alone: whatever those are, nobody has to read them.
      .replaceAll(
        /(?:\+|%2B)\d[\d\s().-]{5,}\d|(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])|(?<![\w.])\d{10,15}(?!\w)/gi,
        '…',
      )
      .trim()
      .replace(/\.$/, '');
    return text.length > longestReason ? `${text.slice(0, longestReason - 1)}…` : text || undefined;
  }

  word(value: unknown): string | undefined {
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string' || !/^[\w.:/+=-]{1,128}$/.test(text)) return undefined;
    const fits = isSurelyClean(this.#secrets, text) || this.#spansIn(text).length === 0;
    return fits ? text : undefined;
  }

  link(value: unknown): string | undefined {
    const fits =
      typeof value === 'string' &&
      /^https:\/\/[\w./#-]{1,200}$/.test(value) &&
      this.#spansIn(value).length === 0;
    return fits ? value : undefined;
  }

  #without(text: string): string {
    const read = text.slice(0, longestRead);
    let kept = '';
    let from = 0;
    for (const [start, end] of this.#spansIn(read, text.length > longestRead)) {
      kept += `${read.slice(from, start)}…`;
      from = end;
    }
    return kept + read.slice(from);
  }

  #spansIn(text: string, isCut = false): readonly Span[] {
    return findSpellings(this.#secrets, text, isCut);
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
}
