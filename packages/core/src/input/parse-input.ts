import type * as z from 'zod/mini';
import { TypingError, type TypingErrorDetails } from '../contract/typing-error.ts';

/**
 * Checks the options of a provider.
 *
 * @param provider the provider's name.
 * @throws TypingError `misconfigured`, naming each field and what it should be, but quoting no value.
 */
export function parseOptions<Options>(
  provider: string,
  schema: z.ZodMiniType<Options>,
  input: unknown,
): Options {
  const error = { code: 'misconfigured', provider, operation: 'configure' } as const;
  return parseInput(schema, input, 'options', error);
}

/**
 * Checks a target, before any request.
 *
 * @param provider the provider's name.
 * @throws TypingError `invalid-target`, naming each field and what it should be, but quoting no value.
 */
export function parseTarget<Target>(
  provider: string,
  schema: z.ZodMiniType<Target>,
  input: unknown,
): Target {
  return parseInput(schema, input, 'target', { code: 'invalid-target', provider });
}

function parseInput<Output>(
  schema: z.ZodMiniType<Output>,
  input: unknown,
  whole: 'options' | 'target',
  error: Omit<TypingErrorDetails, 'reason'>,
): Output {
  const result = schema.safeParse(input, { error: wording });
  if (result.success) return result.data;
  const reason = result.error.issues.map((issue) => complaint(issue, input, whole)).join('; ');
  throw new TypingError({ ...error, reason });
}

function complaint(issue: z.core.$ZodIssue, input: unknown, whole: string): string {
  const field = issue.path.join('.') || whole;
  if (issue.code === 'unrecognized_keys') {
    return `${field} has no field called ${issue.keys.join(', ')}`;
  }
  return valueAt(input, issue.path) === undefined
    ? `${field} is required and ${issue.message}`
    : `${field} ${issue.message}`;
}

/** What is said where a schema brings no words. Without it zod asks the application's own, which might quote a value. */
function wording(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected)}`;
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(quote).join(' or ')}`;
  if (issue.code !== 'invalid_union') return 'is not valid';
  const alternatives = issue.errors.flat().map(({ message }) => message.replace(/^must be /, ''));
  return `must be ${alternatives.join(' or ')}`;
}

function quote(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
