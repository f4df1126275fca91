import { TypingError, type TypingErrorDetails } from '../contract/typing-error.ts';
import { ownSchemaVendor } from './own-schema-vendor.ts';
import type { StandardIssue, StandardSchema } from './standard-schema.ts';

/** What each field must be, by its name: `{ chatId: 'must be a UUID' }`. A field within another: `thread.id`. */
export type FieldWords = Readonly<Record<string, string>>;

/** More text than any vendor's ids have; what reads it later may take time for each character. */
const longestText = 4_096;

/**
 * Checks the options of a provider.
 *
 * @param provider the provider's name.
 * @param schema any Standard Schema that answers at once: of zod 4, valibot, ArkType, or of `@typingkit/core/schema`.
 * @param words what to say of a field that is refused. Default: what a schema of `@typingkit/core/schema` says itself. Of
 * any other schema's issues only the path is used, because libraries quote the value that they refuse.
 * @throws TypingError `misconfigured`, naming each field and what it should be, but quoting no value.
 */
export function parseOptions<Options>(
  provider: string,
  schema: StandardSchema<Options>,
  input: unknown,
  words?: FieldWords,
): Options {
  const error = { code: 'misconfigured', provider, operation: 'configure' } as const;
  return parseInput(schema, input, 'options', error, words);
}

/**
 * Checks a target, before any request.
 *
 * @param provider the provider's name.
 * @param schema any Standard Schema that answers at once: see {@link parseOptions}.
 * @param words what to say of a field that is refused: see {@link parseOptions}.
 * @throws TypingError `invalid-target`, naming each field and what it should be, but quoting no value; also where the
 * texts in the target have more than 4,096 characters, or reading it throws.
 */
export function parseTarget<Target>(
  provider: string,
  schema: StandardSchema<Target>,
  input: unknown,
  words?: FieldWords,
): Target {
  const error = { code: 'invalid-target', provider } as const;
  let length: number;
  try {
    length = textLength(input);
  } catch {
    throw new TypingError({ ...error, reason: 'reading the target threw an error' });
  }
  if (length > longestText) {
    const reason = `the target must have no more than ${longestText} characters in all its fields`;
    throw new TypingError({ ...error, reason });
  }
  return parseInput(schema, input, 'target', error, words);
}

function parseInput<Output>(
  schema: StandardSchema<Output>,
  input: unknown,
  whole: 'options' | 'target',
  error: Omit<TypingErrorDetails, 'reason'>,
  words: FieldWords = {},
): Output {
  const { vendor, validate } = schema['~standard'];
  const isOurs = vendor === ownSchemaVendor;
  let result: ReturnType<typeof validate>;
  try {
    result = validate(input);
  } catch {
    throw new TypingError({ ...error, reason: `reading the ${whole} threw an error` });
  }
  if (result instanceof Promise) {
    // What it says in the end interests nobody.
    result.catch(() => {});
    throw new TypingError({
      ...error,
      code: 'misconfigured',
      reason: `the schema of the ${whole} is asynchronous`,
      advice: 'Use a schema without asynchronous checks.',
    });
  }
  if (!result.issues) return result.value;
  const refusals = result.issues.map((issue) => {
    const path = pathOf(issue);
    const field = path.join('.');
    const said = words[field] ?? (isOurs ? issue.message : undefined);
    return refusal(field || whole, said, valueAt(input, path) === undefined);
  });
  throw new TypingError({ ...error, reason: [...new Set(refusals)].join('; ') });
}

function refusal(field: string, words: string | undefined, isMissing: boolean): string {
  if (!isMissing) return `${field} ${words ?? 'is not valid'}`;
  return words === undefined ? `${field} is required` : `${field} is required and ${words}`;
}

function pathOf({ path = [] }: StandardIssue): string[] {
  return path.map((segment) => String(typeof segment === 'object' ? segment.key : segment));
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  let value = input;
  try {
    for (const key of path) {
      if (typeof value !== 'object' || value === null) return undefined;
      value = Reflect.get(value, key);
    }
  } catch {
    // A getter; it is there, at least.
    return null;
  }
  return value;
}

/** How many characters stand in all texts of a value, or more than {@link longestText}. */
function textLength(value: unknown): number {
  let length = 0;
  const rest: unknown[] = [value];
  // A list or an object with nothing in it counts, too, or one that holds itself would never end.
  while (rest.length > 0 && length <= longestText) {
    const next = rest.pop();
    if (typeof next === 'string') length += next.length;
    else if (typeof next === 'object' && next !== null) {
      length += 1;
      for (const key in next) if (Object.hasOwn(next, key)) rest.push(Reflect.get(next, key));
    }
  }
  return length;
}
