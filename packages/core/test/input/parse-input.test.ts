import * as fc from 'fast-check';
import * as z from 'zod/mini';
import { afterEach, describe, expect, test } from 'vitest';
import { checkDuration } from '../../src/input/duration.ts';
import { parseOptions, parseTarget } from '../../src/input/parse-input.ts';

const Target = z.object({
  chatId: z.string().check(z.regex(/^\d+$/, 'must be digits')),
  thread: z.optional(z.object({ id: z.number() })),
  groups: z.optional(z.union([z.boolean(), z.literal('unknown')])),
  kind: z.optional(z.enum(['text', 'voice'])),
  limit: z.optional(z.number().check(z.minimum(3))),
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
  ['chatId is required and must be a string', {}],
  ['chatId must be a string', { chatId: 123 }],
  ['chatId must be a string', { chatId: null }],
  ['chatId must be digits', { chatId: 'x' }],
  ['thread.id is required and must be a number', { chatId: '1', thread: {} }],
  ['thread must be an object', { chatId: '1', thread: 7 }],
  ['groups must be a boolean or "unknown"', { chatId: '1', groups: 'secret' }],
  ['kind must be "text" or "voice"', { chatId: '1', kind: 'secret' }],
  ['limit is not valid', { chatId: '1', limit: 1 }],
  ['chatId is required and must be a string; thread must be an object', { thread: 7 }],
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
    const value = secret.chain((text) =>
      fc.record({
        text: fc.constant(text),
        input: fc.oneof(
          fc.constant(text),
          fc.record(
            {
              chatId: fc.constantFrom<unknown>(text, [text], { text }),
              thread: fc.constantFrom<unknown>(text, { id: text }),
              groups: fc.constantFrom<unknown>(text, [text]),
              kind: fc.constantFrom<unknown>(text, { text }),
              limit: fc.constantFrom<unknown>(text, 1),
            },
            { requiredKeys: [] },
          ),
        ),
      }),
    );
    fc.assert(
      fc.property(value, ({ text, input }) => {
        expect(() => parse(input)).toThrow(
          expect.objectContaining({ message: expect.not.stringContaining(text) }),
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
    const schema = z.strictObject({ a: z.optional(z.string()) });
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
    const schema = z.object({ a: z.strictObject({ b: z.array(z.string()) }) });
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
