import { z } from 'zod';

/** Answers the value if the schema takes it, and throws a `TypeError` that names every problem if not. */
export function checkInput<Value>(schema: z.ZodType<Value>, value: unknown, what: string): Value {
  const result = schema.safeParse(value);
  if (!result.success) throw new TypeError(`${what}:\n${z.prettifyError(result.error)}`);
  return result.data;
}

/** So that an option given as `undefined` is an option left out. */
export function withoutUndefined(fields: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
