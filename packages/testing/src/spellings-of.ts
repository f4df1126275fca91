/**
 * How a vendor may write what it was sent: as it is, percent-encoded, escaped as in JSON, in base64 and base64url with and
 * without something before it, and, where it is a phone number, without its plus or in groups.
 */
export function spellingsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const encoded = encodeURIComponent(text);
  const spellings = [
    text,
    encoded,
    encoded.toLowerCase(),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    JSON.stringify(text).slice(1, -1),
    text.replaceAll('/', String.raw`\/`),
    ...phoneSpellings(text),
    ...base64Of(text),
    bytes.toString('base64url'),
  ];
  return [...new Set(spellings)];
}

/**
 * What gives a text away, in whatever way it is written and whatever stands around it. Of base64, what depends on nothing
 * but the text.
 */
export function tracesOf(text: string): string[] {
  const traces = base64Of(text).map((encoded, before) => encoded.slice(before === 0 ? 0 : 4, -4));
  const plain = spellingsOf(text).filter((spelling) => !base64Of(text).includes(spelling));
  // Fewer characters could stand in any word.
  return [...plain, ...traces.filter((trace) => trace.length >= 12)].map((trace) =>
    trace.toLowerCase(),
  );
}

/** In base64, in each of the three ways in which its bytes fall into groups. */
function base64Of(text: string): string[] {
  return [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString('base64'),
  );
}

/** The same with a line break in its middle, as in a mail or a log. */
export function broken(text: string): string {
  const middle = Math.floor(text.length / 2);
  return `${text.slice(0, middle)}\n${text.slice(middle)}`;
}

function phoneSpellings(text: string): string[] {
  if (!/^\+\d{8,15}$/.test(text)) return [];
  const digits = text.slice(1);
  const local = digits.slice(-10);
  return [
    digits,
    `(${local.slice(0, 3)}) ${local.slice(3, 6)}-${local.slice(6)}`,
    `${local.slice(0, 3)}-${local.slice(3, 6)}-${local.slice(6)}`,
    `${digits.slice(0, -10)} ${local.slice(0, 3)} ${local.slice(3)}`.trim(),
  ];
}
