import * as z from 'zod/mini';
import { ownSchemaVendor } from '../input/own-schema-vendor.ts';
import type { StandardResult, StandardSchema } from '../input/standard-schema.ts';

/**
 * Says which values are good, and brings them into one form.
 *
 * It is a Standard Schema, so `parseOptions` and `parseTarget` take it. What it says of a value that it refuses are this
 * repository's and the adapter's own words, which quote nothing. It costs nothing until it is first used.
 */
export interface Schema<Output = unknown> extends StandardSchema<Output> {
  /** The value in its form, or `undefined` where it is not good. Never throws. */
  read(value: unknown): Output | undefined;
  /** Whether a value is good. Never throws. */
  accepts(value: unknown): boolean;
}

/** What a schema makes of a good value. */
export type OutputOf<Of> = Of extends StandardSchema<infer Output> ? Output : never;

/** The schemas of an object's fields. */
export type Fields = Readonly<Record<string, Schema>>;

type OptionalNames<Of extends Fields> = {
  [Name in keyof Of]: undefined extends OutputOf<Of[Name]> ? Name : never;
}[keyof Of];

/** What {@link object} makes of a good value. A field that may be `undefined` may be left out. */
export type ObjectOf<Of extends Fields> = {
  readonly [Name in Exclude<keyof Of, OptionalNames<Of>>]: OutputOf<Of[Name]>;
} & { readonly [Name in OptionalNames<Of>]?: OutputOf<Of[Name]> };

class OwnSchema<Output> implements Schema<Output> {
  readonly '~standard': StandardSchema<Output>['~standard'];
  readonly #build: () => z.ZodMiniType;
  #zod: z.ZodMiniType | undefined = undefined;

  constructor(build: () => z.ZodMiniType) {
    this.#build = build;
    this['~standard'] = {
      version: 1,
      vendor: ownSchemaVendor,
      validate: (value) => this.#validate(value),
    };
  }

  // To build schemas would be more than half of what runs at import.
  get zod(): z.ZodMiniType {
    return (this.#zod ??= this.#build());
  }

  read(value: unknown): Output | undefined {
    try {
      // It is the schema of an `Output`: see `own`.
      return this.zod.safeParse(value).data as Output | undefined;
    } catch {
      // A getter; what cannot be looked at is not good.
      return undefined;
    }
  }

  accepts(value: unknown): boolean {
    try {
      return this.zod.safeParse(value).success;
    } catch {
      return false;
    }
  }

  #validate(value: unknown): StandardResult<Output> {
    // Without `error`, zod asks the application's own words, which might quote a value.
    const result = this.zod.safeParse(value, { error: wording });
    if (!result.success) return { issues: result.error.issues };
    // As above.
    return { value: result.data as Output };
  }
}

/** A string. @param words what it must be, for whoever gave another: `must be digits`. */
export function string(pattern?: RegExp, words = 'must be a string'): Schema<string> {
  return own(() =>
    pattern
      ? z.string(words).check(z.refine((value) => matches(pattern, value), words))
      : z.string(words),
  );
}

/** A finite number, `min` and `max` included. */
export function number(
  bounds: Bounds = {},
  words: string = wordsOf('a number', bounds),
): Schema<number> {
  return own(() => z.number(words).check(z.refine(within(bounds), words)));
}

/** A whole number that JavaScript can hold exactly, `min` and `max` included. */
export function integer(
  bounds: Bounds = {},
  words: string = wordsOf('a whole number', bounds),
): Schema<number> {
  return own(() =>
    z
      .number(words)
      .check(z.refine((value) => Number.isSafeInteger(value) && within(bounds)(value), words)),
  );
}

/** The least and the largest number that is good. Default: any. */
export interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Milliseconds that a timer can wait: more than 0, less than 2^31. */
export function milliseconds(): Schema<number> {
  return own(() =>
    z
      .number()
      .check(z.refine((ms) => ms > 0 && ms < 2 ** 31, 'must be more than 0 and less than 2^31')),
  );
}

/** `true` or `false`. */
export function boolean(): Schema<boolean> {
  return own(() => z.boolean());
}

/** One of some values. */
export function literal<const Values extends readonly [Literal, ...(readonly Literal[])]>(
  ...values: Values
): Schema<Values[number]> {
  return own(() => z.literal([...values]));
}

type Literal = string | number | boolean | null;

/** Anything at all, also nothing. */
export function anything(): Schema {
  return own(() => z.optional(z.unknown()));
}

/** What a predicate takes. @param words what it must be: `must be a function`. */
export function custom<Value>(accepts: (value: unknown) => boolean, words: string): Schema<Value> {
  return own(() => z.custom<Value>(accepts, words));
}

/** A function, which is not called to find out what it takes. */
export function anyFunction<Of>(): Schema<Of> {
  return own(() => z.custom<Of>((value) => typeof value === 'function', 'must be a function'));
}

/** An object with these fields. Others are left out of what comes back. */
export function object<const Of extends Fields>(fields: Of): Schema<ObjectOf<Of>> {
  return own(() => z.object(zodFields(fields)));
}

/** An object with these fields and no others. */
export function strictObject<const Of extends Fields>(fields: Of): Schema<ObjectOf<Of>> {
  return own(() => z.strictObject(zodFields(fields)));
}

/** The same, or `undefined`, or no field at all. */
export function optional<Output>(schema: Schema<Output>): Schema<Output | undefined> {
  return own(() => z.optional(zodOf(schema)));
}

/** The same, or `null`, `undefined` or no field at all, which all are `undefined`. */
export function nullish<Output>(schema: Schema<Output>): Schema<Output | undefined> {
  return own(() =>
    z.pipe(
      z.nullish(zodOf(schema)),
      z.transform((value) => value ?? undefined),
    ),
  );
}

/** The same, with a value for who gives none. */
export function withDefault<Output>(
  schema: Schema<Output>,
  value: NoInfer<Output>,
): Schema<Output> {
  return own(() => z._default(zodOf<unknown>(schema), value));
}

/** The same, with a value for everything that is not good. */
export function otherwise<Output>(schema: Schema<Output>, value: NoInfer<Output>): Schema<Output> {
  return own(() =>
    z.pipe(
      z.optional(z.unknown()),
      z.transform((given) => (schema.accepts(given) ? schema.read(given) : value)),
    ),
  );
}

/** A list. */
export function array<Output>(schema: Schema<Output>): Schema<readonly Output[]> {
  return own(() => z.array(zodOf(schema)));
}

/** An object with fields of any name. */
export function record<Output>(schema: Schema<Output>): Schema<Readonly<Record<string, Output>>> {
  return own(() => z.record(z.string(), zodOf(schema)));
}

/** What the first schema that takes it makes of a value. */
export function union<const Of extends readonly [Schema, ...Schema[]]>(
  ...schemas: Of
): Schema<OutputOf<Of[number]>> {
  return own(() => z.union(schemas.map(zodOf)));
}

/** What a function makes of a good value. It must not throw. */
export function transform<Output, Into>(
  schema: Schema<Output>,
  into: (value: Output) => Into,
): Schema<Into> {
  return own(() => z.pipe(zodOf(schema), z.transform(into)));
}

/** The same, unless `wrong` finds something. @param wrong says what a value must be, or `undefined` where it is good. */
export function refined<Output>(
  schema: Schema<Output>,
  wrong: (value: Output) => string | undefined,
): Schema<Output> {
  return own(() =>
    z.pipe(
      zodOf(schema),
      z.transform((value: Output, context) => {
        const message = wrong(value);
        if (message) context.issues.push({ code: 'custom', input: value, message });
        return value;
      }),
    ),
  );
}

/** The same, with these words for everything that it refuses. */
export function described<Output>(schema: Schema<Output>, words: string): Schema<Output> {
  return own(() =>
    z.pipe(
      z.optional(z.unknown()),
      z.transform((value, context) => {
        if (schema.accepts(value)) return schema.read(value);
        context.issues.push({ code: 'custom', input: value, message: words });
        return z.NEVER;
      }),
    ),
  );
}

/** A schema that is not there yet, because it is made of itself. */
export function lazy<Output>(schema: () => Schema<Output>): Schema<Output> {
  return own(() => z.lazy(() => zodOf(schema())));
}

/**
 * @param build what zod makes of it, which is not in the type, so that nobody else has to have zod.
 */
function own<Output>(build: () => z.ZodMiniType): Schema<Output> {
  return new OwnSchema(build);
}

function zodOf<Output>(schema: Schema<Output>): z.ZodMiniType<Output> {
  if (!(schema instanceof OwnSchema)) {
    throw new TypeError('only schemas of @typingkit/core/schema can be nested');
  }
  // It is the schema of an `Output`: see `own`.
  return schema.zod as z.ZodMiniType<Output>;
}

function zodFields(fields: Fields): Record<string, z.ZodMiniType> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => [name, zodOf(schema)]),
  ) as Record<string, z.ZodMiniType>;
}

function matches(pattern: RegExp, value: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(value);
}

function within({ min = -Infinity, max = Infinity }: Bounds): (value: number) => boolean {
  return (value) => value >= min && value <= max;
}

function wordsOf(kind: string, { min, max }: Bounds): string {
  if (min !== undefined && max !== undefined) return `must be ${kind} from ${min} to ${max}`;
  if (min !== undefined) return `must be ${kind}, at least ${min}`;
  return max === undefined ? `must be ${kind}` : `must be ${kind}, at most ${max}`;
}

/** What is said where a schema brings no words. */
function wording(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected)}`;
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(quote).join(' or ')}`;
  if (issue.code === 'unrecognized_keys') return `has no field called ${issue.keys.join(', ')}`;
  if (issue.code !== 'invalid_union') return 'is not valid';
  const alternatives = issue.errors.flat().map(({ message }) => message.replace(/^must be /, ''));
  return `must be ${[...new Set(alternatives)].join(' or ')}`;
}

function quote(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}
