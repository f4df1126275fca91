/** A place in a text: from its first character to the one behind its last. */
export type Span = readonly [start: number, end: number];

/** What to look for. Made by {@link spellingsOf}. */
export interface Spellings {
  /** Compared by every character that is seen. */
  readonly exact: readonly Pattern[];
  /** Compared by letters and digits alone, so that hyphens, slashes and brackets make no difference. */
  readonly alphanumeric: readonly Pattern[];
  /** The last digits of phone numbers. */
  readonly phones: readonly Pattern[];
}

interface Pattern {
  readonly text: string;
  /** Of Knuth, Morris and Pratt: how much of the pattern still fits where the next character does not. */
  readonly fallback: Int32Array;
  /** Whether it only counts as a word of its own, because it is too short to be told from a part of one. */
  readonly isWord: boolean;
}

/** A text as it is compared: its characters, and for each of them where it comes from. */
interface Reading {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Shorter ones are found as words only. */
const shortestPart = 4;
/** Fewer letters and digits than this could stand in any sentence. */
const shortestAlphanumeric = 8;
/** What is the same in a phone number with and without its country and area: all but a few digits. */
const phoneSuffix = 7;

/** Everything that gives one of these secrets away. */
export function spellingsOf(secrets: readonly string[]): Spellings {
  const exact = new Set<string>();
  const alphanumeric = new Set<string>();
  const phones = new Set<string>();
  for (const secret of secrets) {
    // A secret may itself look encoded, and then an encoder may have left those characters as they are.
    for (const decode of [asWritten, percentDecoded]) {
      const reading = decode(asRead(secret));
      const seen = visible(reading).text;
      if (seen) exact.add(seen);
      const plain = lettersAndDigits(reading).text;
      if (plain.length >= shortestAlphanumeric) alphanumeric.add(plain);
    }
    for (const encoded of base64Of(secret)) alphanumeric.add(encoded);
    const digits = phoneDigits(secret);
    if (digits) phones.add(digits.slice(-phoneSuffix));
  }
  return {
    exact: [...exact].map(patternOf),
    alphanumeric: [...alphanumeric].map(patternOf),
    phones: [...phones].map(patternOf),
  };
}

/**
 * Where something stands that gives a secret away, in order and without overlaps.
 *
 * @param isCut whether the text goes on: what begins like a secret at its end counts, too.
 */
export function findSpellings(
  { exact, alphanumeric, phones }: Spellings,
  text: string,
  isCut: boolean,
): Span[] {
  if (exact.length === 0) return [];
  const written = asRead(text);
  const spans: Span[] = [];
  const seen = new Set<string>();
  for (const decode of decoders) {
    const reading = decode(written);
    // Most texts are not encoded, and are then read once.
    if (seen.has(reading.text)) continue;
    seen.add(reading.text);
    search(text, visible(reading), exact, isCut, spans);
    search(text, lettersAndDigits(reading), alphanumeric, isCut, spans);
    if (phones.length > 0) searchPhones(text, withoutGrouping(reading), phones, spans);
  }
  return merged(spans);
}

const asWritten = (reading: Reading): Reading => reading;
const decoders: readonly ((reading: Reading) => Reading)[] = [
  asWritten,
  percentDecoded,
  (reading) => percentDecoded(percentDecoded(reading)),
  jsonDecoded,
  (reading) => jsonDecoded(percentDecoded(reading)),
  (reading) => percentDecoded(jsonDecoded(reading)),
];

function asRead(text: string): Reading {
  const places = Array.from({ length: text.length }, (_, place) => place);
  return { text, starts: places, ends: places.map((place) => place + 1) };
}

/** Replaces what `pattern` finds, which must be sticky. `decoded` is `undefined` where it is nothing encoded after all. */
function decodedBy(
  reading: Reading,
  mark: string,
  pattern: RegExp,
  decoded: (found: string) => string | undefined,
): Reading {
  const { text, starts, ends } = reading;
  if (!text.includes(mark)) return reading;
  let into = '';
  const intoStarts: number[] = [];
  const intoEnds: number[] = [];
  for (let place = 0; place < text.length;) {
    pattern.lastIndex = place;
    const found = text[place] === mark ? pattern.exec(text)?.[0] : undefined;
    const meant = found === undefined ? undefined : decoded(found);
    const length = meant === undefined ? 1 : (found?.length ?? 1);
    const added = meant ?? text.charAt(place);
    into += added;
    for (let unit = 0; unit < added.length; unit += 1) {
      intoStarts.push(starts[place] ?? 0);
      intoEnds.push(ends[place + length - 1] ?? 0);
    }
    place += length;
  }
  return { text: into, starts: intoStarts, ends: intoEnds };
}

// One character in UTF-8: one byte, or a first one with those that belong to it.
const percentEncoded =
  /%(?:[0-7][0-9a-f]|[cd][0-9a-f]%[89ab][0-9a-f]|e[0-9a-f](?:%[89ab][0-9a-f]){2}|f[0-7](?:%[89ab][0-9a-f]){3})/iy;

function percentDecoded(reading: Reading): Reading {
  return decodedBy(reading, '%', percentEncoded, (found) => {
    try {
      return decodeURIComponent(found);
    } catch {
      return undefined;
    }
  });
}

const jsonEscape = /\\(?:u[0-9a-f]{4}|["\\/bfnrt])/iy;

function jsonDecoded(reading: Reading): Reading {
  return decodedBy(reading, '\\', jsonEscape, (found) => {
    try {
      const text: unknown = JSON.parse(`"${found}"`);
      return typeof text === 'string' ? text : undefined;
    } catch {
      return undefined;
    }
  });
}

/** Without case, and without what is not seen or only escapes what is. */
function visible(reading: Reading): Reading {
  return filtered(reading, (character) => !/[\p{Cc}\p{Cf}\s\\]/u.test(character));
}

function lettersAndDigits(reading: Reading): Reading {
  return filtered(reading, (character) => /[\p{L}\p{N}]/u.test(character));
}

/** Without what people put between the digits of a phone number. */
function withoutGrouping(reading: Reading): Reading {
  return filtered(reading, (character) => !/[\p{Cc}\p{Cf}\s().+/–-]/u.test(character));
}

function filtered(
  { text, starts, ends }: Reading,
  isKept: (character: string) => boolean,
): Reading {
  let into = '';
  const intoStarts: number[] = [];
  const intoEnds: number[] = [];
  let place = 0;
  for (const character of text) {
    const last = place + character.length - 1;
    if (isKept(character)) {
      const folded = character.toLowerCase();
      into += folded;
      for (let unit = 0; unit < folded.length; unit += 1) {
        intoStarts.push(starts[place] ?? 0);
        intoEnds.push(ends[last] ?? 0);
      }
    }
    place = last + 1;
  }
  return { text: into, starts: intoStarts, ends: intoEnds };
}

function patternOf(text: string): Pattern {
  const fallback = new Int32Array(text.length);
  let fits = 0;
  for (let place = 1; place < text.length; place += 1) {
    while (fits > 0 && text[place] !== text[fits]) fits = fallback[fits - 1] ?? 0;
    if (text[place] === text[fits]) fits += 1;
    fallback[place] = fits;
  }
  return { text, fallback, isWord: text.length < shortestPart };
}

/** Tells each place at which a pattern ends; never looks at a character of the text more than twice. */
function eachMatch(
  { text }: Reading,
  { text: sought, fallback }: Pattern,
  found: (start: number, end: number) => void,
): number {
  let fits = 0;
  for (let place = 0; place < text.length; place += 1) {
    while (fits > 0 && text[place] !== sought[fits]) fits = fallback[fits - 1] ?? 0;
    if (text[place] === sought[fits]) fits += 1;
    if (fits === sought.length) {
      found(place - fits + 1, place + 1);
      fits = fallback[fits - 1] ?? 0;
    }
  }
  return fits;
}

/** @param written the whole text, which says what stands beside a match. */
function search(
  written: string,
  reading: Reading,
  patterns: readonly Pattern[],
  isCut: boolean,
  spans: Span[],
): void {
  const { text, starts, ends } = reading;
  const add = (start: number, end: number): void => {
    spans.push([starts[start] ?? 0, ends[end - 1] ?? 0]);
  };
  for (const pattern of patterns) {
    const begun = eachMatch(reading, pattern, (start, end) => {
      const before = written[(starts[start] ?? 0) - 1];
      const behind = written[ends[end - 1] ?? 0];
      const isPart = isWordCharacter(before) || isWordCharacter(behind);
      if (!pattern.isWord || !isPart) add(start, end);
    });
    if (isCut && begun >= shortestPart) add(text.length - begun, text.length);
  }
}

function searchPhones(
  written: string,
  reading: Reading,
  patterns: readonly Pattern[],
  spans: Span[],
): void {
  const { text, starts, ends } = reading;
  for (const pattern of patterns) {
    eachMatch(reading, pattern, (start, end) => {
      if (isDigit(written[ends[end - 1] ?? 0])) return;
      let first = start;
      // No phone number has more digits: https://www.itu.int/rec/T-REC-E.164
      while (end - first < 15 && isDigit(text[first - 1])) first -= 1;
      spans.push([starts[first] ?? 0, ends[end - 1] ?? 0]);
    });
  }
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

/** The digits of a phone number, also behind a scheme, as in `whatsapp:+15551234567`. */
function phoneDigits(secret: string): string | undefined {
  if (!/^(?:[a-z]+:)?\+?[\d\s().-]{7,30}$/.test(secret)) return undefined;
  const digits = secret.replaceAll(/\D/g, '');
  return digits.length > phoneSuffix && digits.length <= 15 ? digits : undefined;
}

/**
 * What a secret is in base64, wherever in what is encoded it stands: for each of the three ways in which bytes fall into
 * groups, the characters that depend on nothing but the secret. Letters and digits only, which are the same in base64url.
 */
function base64Of(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  return [0, 1, 2].flatMap((before) => {
    const binary =
      '\0'.repeat(before) + Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    const wholeGroups = Math.floor((binary.length * 8) / 6);
    const own = btoa(binary).slice(Math.ceil((before * 8) / 6), wholeGroups);
    const plain = own.replaceAll(/[^a-z0-9]/gi, '').toLowerCase();
    return plain.length >= shortestAlphanumeric ? [plain] : [];
  });
}

function merged(spans: Span[]): Span[] {
  const inOrder = spans.toSorted(([one], [other]) => one - other);
  const into: [number, number][] = [];
  for (const [start, end] of inOrder) {
    const last = into.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else into.push([start, end]);
  }
  return into;
}
