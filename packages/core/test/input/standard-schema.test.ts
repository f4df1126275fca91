import * as z from 'zod';
import * as mini from 'zod/mini';
import { describe, expect, test } from 'vitest';
import { parseOptions, parseTarget } from '../../src/input/parse-input.ts';
import type { StandardIssue, StandardSchema } from '../../src/input/standard-schema.ts';
import { object, string } from '../../src/schema/schema.ts';

/** A schema as valibot and ArkType are: its issues quote what they refuse. */
function quoting(path: StandardIssue['path']): StandardSchema<{ readonly chatId: string }> {
  return {
    '~standard': {
      version: 1,
      vendor: 'somebody',
      validate: (value) => ({
        issues: [{ message: `Expected digits, got ${JSON.stringify(value)}`, path }],
      }),
    },
  };
}

const words = { chatId: 'must be digits', 'thread.id': 'must be a number' };

describe('a schema of any library', () => {
  test.for<[name: string, schema: StandardSchema<{ chatId: string }>]>([
    ['zod', z.object({ chatId: z.string().regex(/^\d+$/) })],
    ['zod/mini', mini.object({ chatId: mini.string().check(mini.regex(/^\d+$/)) })],
    ['typingkit', object({ chatId: string(/^\d+$/) })],
    ['somebody', quoting(['chatId'])],
    ['somebody, with segments', quoting([{ key: 'chatId' }])],
  ])('of %s: the words are those of the adapter, and nothing is quoted', ([, schema]) => {
    const parse = () => parseTarget('pager', schema, { chatId: 'secret' }, words);
    expect(parse).toThrow(
      expect.objectContaining({ code: 'invalid-target', message: '[pager] chatId must be digits' }),
    );
  });

  test('without words is refused in none of its own', () => {
    const parse = () => parseTarget('pager', quoting(['chatId']), { chatId: 'secret' });
    expect(parse).toThrow(expect.objectContaining({ message: '[pager] chatId is not valid' }));
    const parseWhole = () => parseTarget('pager', quoting(undefined), 'secret');
    expect(parseWhole).toThrow(expect.objectContaining({ message: '[pager] target is not valid' }));
  });

  test('says which field is missing, also within another', () => {
    const parse = () => parseTarget('pager', quoting(['thread', 'id']), { thread: {} }, words);
    expect(parse).toThrow('[pager] thread.id is required and must be a number');
  });

  test('that answers later is misconfigured, and what it says then is handled', async () => {
    const later: StandardSchema<object> = {
      '~standard': { version: 1, vendor: 'x', validate: () => Promise.reject(new Error('late')) },
    };
    for (const parse of [parseTarget, parseOptions]) {
      expect(() => parse('pager', later, {})).toThrow(
        expect.objectContaining({
          code: 'misconfigured',
          reason: expect.stringContaining('async'),
        }),
      );
    }
    // A rejection that nobody handles would fail the run.
    await new Promise((resolve) => void setImmediate(resolve));
  });
});

describe('a target', () => {
  const schema = object({ chatId: string() });
  const withGetter = {
    get chatId(): string {
      throw new Error('secret');
    },
  };

  test('whose getter throws is an invalid target', () => {
    expect(() => parseTarget('pager', schema, withGetter)).toThrow(
      expect.objectContaining({
        code: 'invalid-target',
        reason: 'reading the target threw an error',
      }),
    );
    expect(() => parseOptions('pager', schema, withGetter)).toThrow(
      expect.objectContaining({ code: 'misconfigured' }),
    );
  });

  test('has no more than 4,096 characters in all its fields', () => {
    expect(parseTarget('pager', schema, { chatId: 'x'.repeat(4_000) }).chatId).toHaveLength(4_000);
    for (const input of [
      { chatId: 'x'.repeat(4_097) },
      { chatId: 'x', more: ['y'.repeat(3_000), { z: 'z'.repeat(2_000) }] },
      'x'.repeat(300_000),
    ]) {
      expect(() => parseTarget('pager', schema, input)).toThrow(
        expect.objectContaining({
          code: 'invalid-target',
          reason: expect.stringContaining('4096'),
        }),
      );
    }
  });

  test('that holds itself is looked at once', () => {
    const input: Record<string, unknown> = { chatId: 'x' };
    input['self'] = input;
    expect(() => parseTarget('pager', schema, input)).toThrow('4096 characters');
  });
});
