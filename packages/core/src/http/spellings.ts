/** A place in a text: from its first character to the one behind its last. */
export type Span = readonly [start: number, end: number];

interface Pattern {
  readonly codes: Uint16Array;
  /** Of Knuth, Morris and Pratt: how much of the pattern still fits where the next character does not. */
  readonly fallback: Int32Array;
}

/** A text as it is compared: its UTF-16 codes, and for each of them the place in the written text that it comes from. */
interface Reading {
  readonly codes: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Shorter ones are found as words only. */
const shortestPart = 4;
/** Fewer letters and digits than this could stand in any sentence. */
const shortestAlphanumeric = 8;
/** What is the same in a phone number with and without its country and area: all but a few digits. */
const phoneSuffix = 7;

/** As much of a secret, and of a text, as is looked at. */
export const longestRead: number = 4_096;

/** Something that must not be seen, and what gives it away. Whoever keeps it keeps what was once found out of it. */
export class Secret {
  readonly #text: string;
  #forms: Forms | undefined = undefined;
  #encoded: readonly string[] | undefined = undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** What is compared of its first part, in lower case. */
  get forms(): Forms {
    this.#forms ??= formsOf(this.#text);
    return this.#forms;
  }

  /** What is left of it in base64, and in hex: compared by letters and digits. */
  get encoded(): readonly string[] {
    this.#encoded ??= encodedFormsOf(this.#text.slice(0, longestRead));
    return this.#encoded;
  }

  /** Words of fewer letters and digits cannot hold {@link Secret.encoded}. */
  get shortestEncoded(): number {
    // Three bytes of ASCII are four characters, of which only the last can be another one than a letter or a digit.
    return /^\p{ASCII}*$/u.test(this.#text) ? Math.min(this.#text.length, longestRead) - 2 : 0;
  }
}

interface Forms {
  /** Compared by every character that is seen. */
  readonly exact: readonly string[];
  /** Compared by letters and digits alone, so that hyphens, slashes and brackets make no difference. */
  readonly alphanumeric: readonly string[];
  /** The last digits of a phone number. */
  readonly phone: string | undefined;
}

function formsOf(text: string): Forms {
  const forms = comparedFormsOf(text.slice(0, longestRead));
  return {
    exact: forms.map(([seen]) => seen).filter((seen) => seen !== ''),
    alphanumeric: forms
      .map(([, plain]) => plain)
      .filter(({ length }) => length >= shortestAlphanumeric),
    phone: phoneDigits(text)?.slice(-phoneSuffix),
  };
}

/** What of a secret is compared: what is seen of it, and its letters and digits. */
function comparedFormsOf(secret: string): [seen: string, plain: string][] {
  // Nearly all keys and ids: nothing to decode, to fold or to leave out.
  if (/^[!-$&-[\]-~]*$/.test(secret)) {
    const seen = secret.toLowerCase();
    return [[seen, seen.replaceAll(/[^a-z0-9]+/g, '')]];
  }
  const begin = asRead(secret);
  // A secret may itself look encoded, and then an encoder may have left those characters as they are.
  return [...new Set([begin, percentDecoded(begin)])].map((reading) => [
    textOf(filtered(reading, 'visible')),
    textOf(filtered(reading, 'alphanumeric')),
  ]);
}

/**
 * Whether a word surely gives nothing away, at a small part of what it costs to search it: the id of an exchange comes with
 * each success.
 *
 * @param word of ASCII letters, digits and marks, without `%` and `\`: nothing that can be encoded or left out.
 */
export function isSurelyClean(secrets: readonly Secret[], word: string): boolean {
  const seen = word.toLowerCase();
  const plain = seen.replaceAll(/[^a-z0-9]+/g, '');
  return secrets.every((secret) => {
    const { exact, alphanumeric, phone } = secret.forms;
    if (exact.some((sought) => seen.includes(sought))) return false;
    if (alphanumeric.some((sought) => plain.includes(sought))) return false;
    if (phone !== undefined && plain.includes(phone)) return false;
    if (plain.length < secret.shortestEncoded) return true;
    return !secret.encoded.some((sought) => plain.includes(sought));
  });
}

/**
 * Where something stands that gives a secret away, in order and without overlaps.
 *
 * @param isCut whether the text goes on: what begins like a secret at its end counts, too.
 */
export function findSpellings(secrets: readonly Secret[], text: string, isCut: boolean): Span[] {
  const forms = secrets.map((secret) => secret.forms);
  const exact = patternsOf(forms.flatMap((one) => one.exact));
  if (exact.length === 0) return [];
  const alphanumeric = patternsOf([
    ...forms.flatMap((one) => one.alphanumeric),
    ...secrets.flatMap(({ encoded }) => encoded),
  ]);
  const phones = patternsOf(forms.flatMap(({ phone }) => phone ?? []));
  const spans: Span[] = [];
  for (const reading of readingsOf(text)) {
    search(text, filtered(reading, 'visible'), exact, isCut, spans);
    search(text, filtered(reading, 'alphanumeric'), alphanumeric, isCut, spans);
    if (phones.length > 0) searchPhones(text, filtered(reading, 'noGrouping'), phones, spans);
  }
  return merged(spans);
}

/** A text as it is written, and decoded in each way in which it may be encoded. */
function readingsOf(text: string): ReadonlySet<Reading> {
  const written = asRead(text);
  const isPercentEncoded = text.includes('%');
  const isEscaped = text.includes('\\');
  const readings = new Set([written]);
  if (isPercentEncoded) {
    const decoded = percentDecoded(written);
    readings.add(decoded);
    readings.add(percentDecoded(decoded));
    readings.add(jsonDecoded(decoded));
  }
  if (isEscaped) {
    const unescaped = jsonDecoded(written);
    readings.add(unescaped);
    readings.add(percentDecoded(unescaped));
  }
  return readings;
}

function asRead(text: string): Reading {
  const { length } = text;
  const codes = new Uint16Array(length);
  const starts = new Int32Array(length);
  const ends = new Int32Array(length);
  for (let place = 0; place < length; place += 1) {
    codes[place] = text.charCodeAt(place);
    starts[place] = place;
    ends[place] = place + 1;
  }
  return { codes, starts, ends };
}

function textOf({ codes }: Reading): string {
  let text = '';
  for (const code of codes) text += String.fromCharCode(code);
  return text;
}

/** Replaces what `pattern` finds, which must be sticky. `decoded` is `undefined` where it is nothing encoded after all. */
function decodedBy(
  reading: Reading,
  mark: string,
  pattern: RegExp,
  decoded: (found: string) => string | undefined,
): Reading {
  const text = textOf(reading);
  if (!text.includes(mark)) return reading;
  const into = new Collector(text.length);
  for (let place = 0; place < text.length;) {
    pattern.lastIndex = place;
    const found = text[place] === mark ? pattern.exec(text)?.[0] : undefined;
    const meant = found === undefined ? undefined : decoded(found);
    const length = meant === undefined ? 1 : (found?.length ?? 1);
    into.add(meant ?? text.charAt(place), reading, place, place + length);
    place += length;
  }
  return into.reading();
}

/** Makes a reading of another. What is decoded or folded is at most three times as long. */
class Collector {
  readonly #codes: Uint16Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #length = 0;

  constructor(length: number) {
    this.#codes = new Uint16Array(3 * length);
    this.#starts = new Int32Array(3 * length);
    this.#ends = new Int32Array(3 * length);
  }

  add(text: string, of: Reading, from: number, to: number): void {
    for (let unit = 0; unit < text.length; unit += 1)
      this.addCode(text.charCodeAt(unit), of, from, to);
  }

  addCode(code: number, { starts, ends }: Reading, from: number, to: number): void {
    this.#codes[this.#length] = code;
    this.#starts[this.#length] = starts[from] ?? 0;
    this.#ends[this.#length] = ends[to - 1] ?? 0;
    this.#length += 1;
  }

  reading(): Reading {
    const length = this.#length;
    return {
      codes: this.#codes.subarray(0, length),
      starts: this.#starts.subarray(0, length),
      ends: this.#ends.subarray(0, length),
    };
  }
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

/** Which characters are compared; those of ASCII are looked up in a table. */
interface Kept {
  readonly ascii: Uint8Array;
  readonly pattern: RegExp;
}

function kept(pattern: RegExp): Kept {
  const ascii = Uint8Array.from({ length: 128 }, (_, code) =>
    pattern.test(String.fromCharCode(code)) ? 1 : 0,
  );
  return { ascii, pattern };
}

let tables: Readonly<Record<'visible' | 'alphanumeric' | 'noGrouping', Kept>> | undefined;

// Made with the first failure, not at import.
function tablesOf(): NonNullable<typeof tables> {
  tables ??= {
    // What is seen, and does not escape something else.
    visible: kept(/[^\p{Cc}\p{Cf}\s\\]/u),
    alphanumeric: kept(/[\p{L}\p{N}]/u),
    // Not what people put between the digits of a phone number.
    noGrouping: kept(/[^\p{Cc}\p{Cf}\s().+/–-]/u),
  };
  return tables;
}

/** The same without case, and without what is not compared. */
function filtered(reading: Reading, name: keyof NonNullable<typeof tables>): Reading {
  const { ascii, pattern } = tablesOf()[name];
  const { codes } = reading;
  const into = new Collector(codes.length);
  for (let place = 0; place < codes.length; place += 1) {
    const code = codes[place] ?? 0;
    if (code < 128) {
      const isUpperCase = code >= 65 && code <= 90;
      if (ascii[code]) into.addCode(isUpperCase ? code + 32 : code, reading, place, place + 1);
      continue;
    }
    const isPair = (code & 0xfc00) === 0xd800 && ((codes[place + 1] ?? 0) & 0xfc00) === 0xdc00;
    const to = place + (isPair ? 2 : 1);
    const character = String.fromCharCode(...codes.subarray(place, to));
    if (pattern.test(character)) into.add(character.toLowerCase(), reading, place, to);
    place = to - 1;
  }
  return into.reading();
}

function patternsOf(texts: readonly string[]): Pattern[] {
  return [...new Set(texts)].map(patternOf);
}

function patternOf(text: string): Pattern {
  const { codes } = asRead(text);
  const fallback = new Int32Array(codes.length);
  let fits = 0;
  for (let place = 1; place < codes.length; place += 1) {
    while (fits > 0 && codes[place] !== codes[fits]) fits = fallback[fits - 1] ?? 0;
    if (codes[place] === codes[fits]) fits += 1;
    fallback[place] = fits;
  }
  return { codes, fallback };
}

/**
 * Tells each place at which a pattern stands; never looks at a character of the text more than twice.
 *
 * @returns how much of the pattern stands at the end.
 */
function eachMatch(
  { codes }: Reading,
  { codes: sought, fallback }: Pattern,
  found: (start: number, end: number) => void,
): number {
  let fits = 0;
  for (let place = 0; place < codes.length; place += 1) {
    while (fits > 0 && codes[place] !== sought[fits]) fits = fallback[fits - 1] ?? 0;
    if (codes[place] === sought[fits]) fits += 1;
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
  const { codes, starts, ends } = reading;
  for (const pattern of patterns) {
    // Too short to be told from a part of a word.
    const isWord = pattern.codes.length < shortestPart;
    const begun = eachMatch(reading, pattern, (start, end) => {
      const [from, to] = [starts[start] ?? 0, ends[end - 1] ?? 0];
      const isPart = isWordCharacter(written[from - 1]) || isWordCharacter(written[to]);
      if (!isWord || !isPart) spans.push([from, to]);
    });
    if (isCut && begun >= shortestPart) {
      spans.push([starts[codes.length - begun] ?? 0, written.length]);
    }
  }
}

function searchPhones(
  written: string,
  reading: Reading,
  patterns: readonly Pattern[],
  spans: Span[],
): void {
  const { codes, starts, ends } = reading;
  for (const pattern of patterns) {
    eachMatch(reading, pattern, (start, end) => {
      const to = ends[end - 1] ?? 0;
      if (isDigit(written.charCodeAt(to))) return;
      let first = start;
      // No phone number has more digits: https://www.itu.int/rec/T-REC-E.164
      while (end - first < 15 && isDigit(codes[first - 1])) first -= 1;
      spans.push([starts[first] ?? 0, to]);
    });
  }
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 57;
}

/** The digits of a phone number, also behind a scheme, as in `whatsapp:+15551234567`. */
function phoneDigits(secret: string): string | undefined {
  if (!/^(?:[a-z]+:)?\+?[\d\s().-]{7,30}$/.test(secret)) return undefined;
  const digits = secret.replaceAll(/\D/g, '');
  return digits.length > phoneSuffix && digits.length <= 15 ? digits : undefined;
}

/**
 * What a secret is in hex, and in base64, wherever in what is encoded it stands: for each of the three ways in which bytes fall into
 * groups, the characters that depend on nothing but the secret. Letters and digits only, which are the same in base64url.
 */
function encodedFormsOf(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  let binary = '';
  let hex = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
    hex += byte.toString(16).padStart(2, '0');
  }
  const base64 = [0, 1, 2].flatMap((before) => {
    const wholeGroups = Math.floor(((before + bytes.length) * 8) / 6);
    const own = btoa('\0'.repeat(before) + binary).slice(Math.ceil((before * 8) / 6), wholeGroups);
    const plain = own.replaceAll(/[^a-z0-9]/gi, '').toLowerCase();
    return plain.length >= shortestAlphanumeric ? [plain] : [];
  });
  return hex.length >= shortestAlphanumeric ? [...base64, hex] : base64;
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
