// A vendor that asks for more has asked for "not today", or is mistaken: asking again once an hour hurts nobody, and lets
// typing come back by itself.
const longestMs = 3_600_000;

const seconds = /^\d+(?:\.\d+)?$/;
// The forms of an HTTP date: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and, without a zone,
// `Sun Nov  6 08:49:37 1994`. They are spelled out because `Date.parse` reads "Mon 5" as a day in 2001.
const zonedDate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/;
const zonelessDate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;
const isoDate = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?<zone>Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads a `Retry-After` header: seconds (also fractions of one) or an HTTP date.
 *
 * @param serverDate the answer's `Date` header. A date is measured against it, so that a clock that is wrong here
 * or there does not matter.
 * @returns milliseconds from now, an hour at most, 0 for a date that has passed, `undefined` for what is neither.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(
  value: string | null | undefined,
  serverDate?: string | null,
): number | undefined {
  const text = value?.trim() ?? '';
  if (seconds.test(text)) return clamp(Number(text) * 1000);
  return until(parseHttpDate(text), serverDate);
}

/**
 * Reads the instant at which a limit ends: ISO 8601 (in UTC, where it names no zone), or seconds since 1970 as a
 * number or as digits.
 *
 * @param serverDate as for {@link retryAfterMs}.
 * @returns milliseconds from now, an hour at most, 0 for an instant that has passed, `undefined` for what is neither.
 */
export function untilInstantMs(value: unknown, serverDate?: string | null): number | undefined {
  if (typeof value === 'number') return until(value * 1000, serverDate);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (seconds.test(text)) return until(Number(text) * 1000, serverDate);
  const iso = isoDate.exec(text);
  return iso ? until(Date.parse(iso.groups?.['zone'] ? text : `${text}Z`), serverDate) : undefined;
}

// `Date.parse` takes a date without a zone for local time.
function parseHttpDate(text: string): number {
  if (zonelessDate.test(text)) return Date.parse(`${text} GMT`);
  return zonedDate.test(text) ? Date.parse(text) : Number.NaN;
}

function until(instantMs: number, serverDate: string | null | undefined): number | undefined {
  if (!Number.isFinite(instantMs)) return undefined;
  const serverNowMs = parseHttpDate(serverDate ?? '');
  return clamp(instantMs - (Number.isFinite(serverNowMs) ? serverNowMs : Date.now()));
}

/** Whole milliseconds, none negative, none longer than an hour. */
export function clamp(ms: number): number {
  return Math.min(Math.max(0, Math.round(ms)), longestMs);
}
