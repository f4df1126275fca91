import * as fc from 'fast-check';
import * as z from 'zod/mini';
import { afterEach, describe, expect, test } from 'vitest';
import { checkDuration } from '../../src/input/duration.ts';
import { parseOptions, parseTarget } from '../../src/input/parse-input.ts';
import {
  array,
  boolean,
  literal,
  number,
  object,
  optional,
  strictObject,
  string,
  union,
} from '../../src/schema/schema.ts';

const Target = object({
  chatId: string(/^\d+$/, 'must be digits'),
  thread: optional(object({ id: number() })),
  groups: optional(union(boolean(), literal('unknown'))),
  kind: optional(literal('text', 'voice')),
  limit: optional(number({ min: 3 })),
});
const parse = (input: unknown) => parseTarget('pager', Target, input);

afterEach(() => {
  z.config({ customError: undefined, localeError: undefined });
});

const refused: readonly (readonly [message: string, input: unknown])[] = [
  ['target is required and must be an object', undefined],
  ['target must be an object', null],
  ['target must be an object', '123'],
  ['target must be an object', ['123']],
  ['chatId is required and must be digits', {}],
  ['chatId must be digits', { chatId: 123 }],
  ['chatId must be digits', { chatId: null }],
  ['chatId must be digits', { chatId: 'x' }],
  ['thread.id is required and must be a number', { chatId: '1', thread: {} }],
  ['thread must be an object', { chatId: '1', thread: 7 }],
  ['groups must be a boolean or "unknown"', { chatId: '1', groups: 'secret' }],
  ['kind must be "text" or "voice"', { chatId: '1', kind: 'secret' }],
  ['limit must be a number, at least 3', { chatId: '1', limit: 1 }],
  ['chatId is required and must be digits; thread must be an object', { thread: 7 }],
];

describe('a target that is refused', () => {
  test.for(refused)('says %j', ([message, input]) => {
    expect(() => parse(input)).toThrow(
      expect.objectContaining({
        code: 'invalid-target',
        provider: 'pager',
        message: `[pager] ${message}`,
      }),
    );
  });

  test('says the same in an application that has taught zod other words', () => {
    z.config({
      customError: (issue) => `custom ${String(issue.input)}`,
      localeError: (issue) => `locale ${String(issue.input)}`,
    });
    for (const [message, input] of refused) expect(() => parse(input)).toThrow(message);
  });

  test('quotes nothing of it, whatever it is', () => {
    const secret = fc.stringMatching(/^sk_[a-z]{12}$/);
    const value = secret.chain((quoted) =>
      fc.record({
        quoted: fc.constant(quoted),
        input: fc.oneof(
          fc.constant(quoted),
          fc.record(
            {
              chatId: fc.constantFrom<unknown>(quoted, [quoted], { quoted }),
              thread: fc.constantFrom<unknown>(quoted, { id: quoted }),
              groups: fc.constantFrom<unknown>(quoted, [quoted]),
              kind: fc.constantFrom<unknown>(quoted, { quoted }),
              limit: fc.constantFrom<unknown>(quoted, 1),
            },
            { requiredKeys: [] },
          ),
        ),
      }),
    );
    fc.assert(
      fc.property(value, ({ quoted, input }) => {
        expect(() => parse(input)).toThrow(
          expect.objectContaining({ message: expect.not.stringContaining(quoted) }),
        );
      }),
    );
  });
});

describe('a target that is accepted', () => {
  test('comes back as its schema makes it', () => {
    expect(parse({ chatId: '1', other: true })).toEqual({ chatId: '1' });
  });
});

describe('options that are refused', () => {
  test('name each field that there is not', () => {
    const schema = strictObject({ a: optional(string()) });
    expect(() => parseOptions('pager', schema, { b: 1, c: 2 })).toThrow(
      expect.objectContaining({
        code: 'misconfigured',
        provider: 'pager',
        operation: 'configure',
        message: '[pager] options has no field called b, c',
      }),
    );
  });

  test('name the place of a field within', () => {
    const schema = object({ a: strictObject({ b: array(string()) }) });
    expect(() => parseOptions('pager', schema, { a: { b: ['x', 7], c: 1 } })).toThrow(
      '[pager] a.b.1 must be a string; a has no field called c',
    );
  });
});

describe('a duration', () => {
  test.for([0.5, 1, 2 ** 31 - 1])('of %d ms is taken', (ms) => {
    expect(checkDuration('timeoutMs', ms)).toBe(ms);
  });

  test.for<[unknown]>([[0], [-1], [2 ** 31], [Number.NaN], [Infinity], ['5000'], [null]])(
    'of %j is refused',
    ([ms]) => {
      // What JavaScript may pass against the type.
      expect(() => checkDuration('timeoutMs', ms as number)).toThrow(
        expect.objectContaining({
          code: 'misconfigured',
          message: 'timeoutMs must be a number of milliseconds, more than 0 and less than 2^31',
        }),
      );
    },
  );
});
