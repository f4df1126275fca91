const longestReason = 200;

/** Makes what a vendor wrote fit for an error: see {@link vendorWords}. */
export interface VendorWords {
  /** A sentence, or `undefined` where there is none. */
  sentence(value: unknown): string | undefined;
  /** A code or an id: one short word, or `undefined`. */
  word(value: unknown): string | undefined;
  /** An https address, or `undefined`. */
  link(value: unknown): string | undefined;
}

/**
 * A vendor's answer may quote the request: the key, the recipient, a phone number. What goes into an error is made
 * free of them, on one line and short.
 *
 * @param hidden the key and the ids of this call.
 */
export function vendorWords(hidden: readonly string[]): VendorWords {
  return new WordsWithout(hidden);
}

class WordsWithout implements VendorWords {
  readonly #hidden: readonly string[];

  constructor(hidden: readonly string[]) {
    this.#hidden = hidden;
  }

  sentence(value: unknown): string | undefined {
    if (typeof value !== 'string') return undefined;
    const text = oneLine(value)
      // Made for failures only: it costs more than all the rest of an exchange.
      .replaceAll(hiddenSpellings(this.#hidden), '…')
      .replaceAll(/bearer \S+/gi, 'Bearer …')
      // The lookbehind keeps the search from beginning anew at each letter of a word without an @.
      .replaceAll(/(?<![^\s@<>"'])[^\s@<>"']+@[^\s@<>"']+/g, '…')
      .replaceAll(/\+\d[\d\s().-]{5,}\d/g, '…')
      .trim()
      .replace(/\.$/, '');
    return text.length > longestReason ? `${text.slice(0, longestReason - 1)}…` : text || undefined;
  }

  word(value: unknown): string | undefined {
    const text = typeof value === 'number' ? String(value) : value;
    const fits =
      typeof text === 'string' && /^[\w.:-]{1,128}$/.test(text) && !this.#isRevealedBy(text);
    return fits ? text : undefined;
  }

  link(value: unknown): string | undefined {
    const fits =
      typeof value === 'string' &&
      /^https:\/\/[\w./#-]{1,200}$/.test(value) &&
      !this.#isRevealedBy(value);
    return fits ? value : undefined;
  }

  // Words and links hold no percent sign, so that the hidden texts can only stand in them as they are.
  #isRevealedBy(text: string): boolean {
    const lowerCase = text.toLowerCase();
    return this.#hidden.some((one) => one !== '' && lowerCase.includes(one.toLowerCase()));
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
}

/** Finds the hidden texts in any case, and with any of their characters percent-encoded: encoders differ in which. */
function hiddenSpellings(hidden: readonly string[]): RegExp {
  const texts = hidden.flatMap((text) => [text, oneLine(text)]).filter((text) => text.trim());
  // The longest first, or of two that begin alike the rest of the longer one would remain.
  const longestFirst = texts.toSorted((one, other) => other.length - one.length);
  const spellings = longestFirst.map((text) => Array.from(text, spelling).join(''));
  return new RegExp(spellings.join('|') || '(?!)', 'giu');
}

function spelling(character: string): string {
  const bytes = Array.from(new TextEncoder().encode(character), (byte) => `%${hex(byte, 2)}`);
  return `(?:\\u{${hex(character.codePointAt(0) ?? 0, 1)}}|${bytes.join('')})`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
