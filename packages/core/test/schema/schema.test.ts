import { describe, expect, test } from 'vitest';
import * as schemas from '../../src/schema/index.ts';
import type { Schema } from '../../src/schema/index.ts';

const {
  anyFunction,
  anything,
  array,
  boolean,
  custom,
  described,
  integer,
  lazy,
  literal,
  milliseconds,
  nullish,
  number,
  object,
  optional,
  otherwise,
  record,
  refined,
  strictObject,
  string,
  transform,
  union,
  withDefault,
} = schemas;

interface Tree {
  readonly children?: readonly Tree[] | undefined;
}
const tree: Schema<Tree> = object({ children: optional(array(lazy(() => tree))) });
const isSeven = custom<7>((value) => value === 7, 'must be 7');
const parity = refined(integer(), (value) => (value % 2 ? 'must be even' : undefined));

describe('a schema', () => {
  test.for<[name: string, schema: Schema, given: unknown, read: unknown]>([
    ['string', string(), 'a', 'a'],
    ['string', string(/^a$/g), 'a', 'a'],
    ['number', number({ min: 1, max: 2 }), 2, 2],
    ['integer', integer(), -1, -1],
    ['milliseconds', milliseconds(), 0.5, 0.5],
    ['boolean', boolean(), false, false],
    ['literal', literal('a', 1, null), null, null],
    ['custom', isSeven, 7, 7],
    ['anyFunction', anyFunction(), String, String],
    ['object', object({ a: string(), b: optional(string()) }), { a: 'x', c: 1 }, { a: 'x' }],
    ['object of anything', object({ a: anything() }), {}, {}],
    ['strictObject', strictObject({ a: boolean() }), { a: true }, { a: true }],
    ['nullish', object({ a: nullish(string()) }), { a: null }, { a: undefined }],
    ['withDefault', object({ a: withDefault(number(), 5) }), {}, { a: 5 }],
    ['otherwise', object({ a: otherwise(number(), 5) }), { a: 'x' }, { a: 5 }],
    ['otherwise', object({ a: otherwise(number(), 5) }), {}, { a: 5 }],
    ['array', array(number()), [1, 2], [1, 2]],
    ['record', record(number()), { a: 1 }, { a: 1 }],
    ['union', union(number(), string()), 'x', 'x'],
    ['transform', transform(string(), (text) => text.length), 'abc', 3],
    ['refined', parity, 2, 2],
    ['described', described(number(), 'must be it'), 1, 1],
    ['lazy', tree, { children: [{ children: [] }] }, { children: [{ children: [] }] }],
  ])('%s reads what is good', ([, schema, given, read]) => {
    expect(schema.accepts(given)).toBe(true);
    expect(schema.read(given)).toEqual(read);
    // A pattern with a memory would refuse it the second time.
    expect(schema.read(given)).toEqual(read);
  });

  test.for<[schema: Schema, given: unknown, words: string]>([
    [string(), 7, 'must be a string'],
    [string(/^\d$/, 'must be a digit'), 'x', 'must be a digit'],
    [string(/^\d$/, 'must be a digit'), 7, 'must be a digit'],
    [number(), Number.NaN, 'must be a number'],
    [number(), Infinity, 'must be a number'],
    [number({ min: 3 }), 2, 'must be a number, at least 3'],
    [integer({ min: 1, max: 9 }), 1.5, 'must be a whole number from 1 to 9'],
    [integer(), 2 ** 60, 'must be a whole number'],
    [milliseconds(), 0, 'must be more than 0 and less than 2^31'],
    [literal('a', 'b'), 'c', 'must be "a" or "b"'],
    [isSeven, 8, 'must be 7'],
    [anyFunction(), {}, 'must be a function'],
    [strictObject({}), { a: 1, b: 2 }, 'has no field called a, b'],
    [union(boolean(), literal('unknown')), 'x', 'must be a boolean or "unknown"'],
    [parity, 3, 'must be even'],
    [described(union(string(), number()), 'must be it'), true, 'must be it'],
    [array(number()), 'x', 'must be an array'],
  ])('says of what it refuses what it must be (%#)', ([schema, given, words]) => {
    expect(schema.read(given)).toBeUndefined();
    expect(schema.accepts(given)).toBe(false);
    expect(schema['~standard'].validate(given)).toMatchObject({ issues: [{ message: words }] });
  });

  test('names the place of what it refuses', () => {
    const schema = object({ a: array(object({ b: number() })) });
    expect(schema['~standard'].validate({ a: [{ b: 1 }, { b: 'x' }] })).toMatchObject({
      issues: [{ path: ['a', 1, 'b'], message: 'must be a number' }],
    });
  });

  test('reads nothing, and does not throw, where looking throws', () => {
    const value = {
      get a(): never {
        throw new Error('a getter');
      },
    };
    expect(object({ a: string() }).read(value)).toBeUndefined();
    expect(object({ a: string() }).accepts(value)).toBe(false);
  });
});
