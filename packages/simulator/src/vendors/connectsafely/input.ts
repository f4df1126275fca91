import type { Context } from 'hono';

/** An issue as the vendor's validator (an older Zod than ours) writes it. */
interface ZodIssueBody {
  readonly code: 'invalid_type';
  readonly expected: string;
  readonly received: string;
  readonly path: readonly string[];
  readonly message: string;
}

/** Why a request body was refused: the endpoint's own string, or the validator's object. */
export type InputRefusal = string | { readonly name: 'ZodError'; readonly issues: ZodIssueBody[] };

export type JsonFields = Readonly<Record<string, unknown>>;

/**
 * Reads a JSON object. A body that is not declared as JSON counts as empty, the way Express treats it. The answers to
 * malformed JSON and to JSON that is no object are our guess.
 */
export async function readFields(
  context: Context,
): Promise<{ readonly fields: JsonFields } | { readonly refusal: InputRefusal }> {
  const isJson = /^application\/json\b/i.test(context.req.header('content-type') ?? '');
  const text = await context.req.text();
  if (!isJson || text === '') return { fields: {} };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refusal: 'Invalid JSON in request body' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { refusal: wrongType([], 'object', value) };
  }
  return { fields: { ...value } };
}

/** The refusal if one of these fields is there and not a string. */
export function refuseNonStrings(
  fields: JsonFields,
  names: readonly string[],
): InputRefusal | null {
  const issues = names.flatMap((name) => {
    const value = fields[name];
    return value === undefined || typeof value === 'string'
      ? []
      : wrongType([name], 'string', value).issues;
  });
  return issues.length === 0 ? null : { name: 'ZodError', issues };
}

/** `undefined` for a field that is missing, empty or no string. */
export function textField(fields: JsonFields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function wrongType(
  path: readonly string[],
  expected: string,
  value: unknown,
): { readonly name: 'ZodError'; readonly issues: ZodIssueBody[] } {
  const received = nameOfType(value);
  return {
    name: 'ZodError',
    issues: [
      {
        code: 'invalid_type',
        expected,
        received,
        path,
        message: `Expected ${expected}, received ${received}`,
      },
    ],
  };
}

function nameOfType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
