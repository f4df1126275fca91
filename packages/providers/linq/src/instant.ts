// With a zone: `Date.parse` takes a time without one for local time, which Linq's never is.
const zonedInstant = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/;

/** An instant as Linq writes it, in milliseconds since 1970; `undefined` for anything else. */
export function instantMs(value: unknown): number | undefined {
  if (typeof value !== 'string' || !zonedInstant.test(value)) return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms;
}
