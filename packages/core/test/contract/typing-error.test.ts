import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  TypingError,
  type TypingErrorCode,
  type TypingErrorDetails,
} from '../../src/contract/typing-error.ts';

// A record, so that a code which is new does not compile before it stands here.
const retryableByDefault: Readonly<Record<TypingErrorCode, boolean>> = {
  misconfigured: false,
  'unknown-channel': false,
  'invalid-target': false,
  unauthenticated: false,
  forbidden: false,
  'not-found': false,
  unsupported: false,
  rejected: false,
  'rate-limited': true,
  unavailable: true,
  network: true,
  timeout: true,
  'bad-response': false,
  stopped: false,
};

const full = {
  code: 'forbidden',
  reason: 'Access denied',
  advice: 'Ask the owner.',
  channel: 'imessage',
  provider: 'linq',
  operation: 'start',
  retryable: true,
  status: 403,
  retryAfterMs: 2_000,
  vendorCode: '2005',
  docUrl: 'https://docs.example.com/2005',
  traceId: '2eff',
} as const satisfies TypingErrorDetails;

describe('retryable', () => {
  test.for(Object.entries(retryableByDefault) as [TypingErrorCode, boolean][])(
    'of %s is %s by default, and can be said otherwise',
    ([code, retryable]) => {
      expect(new TypingError({ code, reason: 'x' }).retryable).toBe(retryable);
      expect(new TypingError({ code, reason: 'x', retryable: !retryable }).retryable).toBe(
        !retryable,
      );
    },
  );
});

describe('the message', () => {
  test('is one sentence with everything that is known', () => {
    expect(new TypingError(full).message).toBe(
      '[imessage/linq] 403 Access denied (2005, trace 2eff). Ask the owner.',
    );
  });

  test.for<[message: string, details: Partial<TypingErrorDetails>]>([
    ['it broke', {}],
    ['[imessage] it broke', { channel: 'imessage' }],
    ['[linq] it broke', { provider: 'linq' }],
    ['500 it broke', { status: 500 }],
    ['it broke (7)', { vendorCode: '7' }],
    ['it broke (trace t1)', { traceId: 't1' }],
    ['it broke. Mend it.', { advice: 'Mend it.' }],
    // The status of an opaque redirect in browsers and Workers: it tells a reader nothing.
    ['it broke', { status: 0 }],
  ])('is %j with %j', ([message, details]) => {
    expect(new TypingError({ code: 'rejected', reason: 'it broke', ...details }).message).toBe(
      message,
    );
  });
});

describe('the fields', () => {
  test('are those that were given, and no others', () => {
    const { name, ...fields } = Object.fromEntries(Object.entries(new TypingError(full)));
    expect(name).toBe('TypingError');
    expect(fields).toEqual(full);
    expect(Object.keys(new TypingError({ code: 'timeout', reason: 'late' })).toSorted()).toEqual([
      'code',
      'name',
      'reason',
      'retryable',
    ]);
  });

  test('of a details object that are none of ours never get in', () => {
    const foreign = {
      code: 'network',
      reason: 'it broke',
      cause: new Error('sk_secret'),
      request: { headers: { authorization: 'Bearer sk_secret' } },
      body: 'sk_secret',
      stack: 'sk_secret',
    } as const;
    const error = new TypingError(foreign);
    const shown = inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error);
    expect(shown).not.toContain('sk_secret');
    expect(error.cause).toBeUndefined();
    expect(error.stack).not.toContain('sk_secret');
    expect(error).not.toHaveProperty('request');
  });

  test('that are undefined are absent', () => {
    const error = new TypingError({ code: 'timeout', reason: 'late', status: undefined });
    expect(error).not.toHaveProperty('status');
    expect('status' in error.toJSON()).toBe(false);
  });
});

describe('toJSON', () => {
  test('gives every field and the message, and JSON.stringify uses it', () => {
    const error = new TypingError(full);
    const json = { name: 'TypingError', ...full, message: error.message };
    expect(error.toJSON()).toEqual(json);
    expect(JSON.parse(JSON.stringify({ error }))).toEqual({ error: json });
  });

  test('makes an equal error again', () => {
    const error = new TypingError(full);
    const again = new TypingError(error.toJSON());
    expect(again.toJSON()).toEqual(error.toJSON());
  });
});

describe('isInstance', () => {
  test('knows its own, and one of another copy of this module', async () => {
    // A query makes it another module of the same file.
    const address = '../../src/contract/typing-error.ts?copy';
    const copy: { readonly TypingError: typeof TypingError } = await import(address);
    expect(copy.TypingError).not.toBe(TypingError);
    const foreign = new copy.TypingError({ code: 'timeout', reason: 'late' });
    expect(foreign).not.toBeInstanceOf(TypingError);
    expect(TypingError.isInstance(foreign)).toBe(true);
    expect(TypingError.isInstance(new TypingError({ code: 'timeout', reason: 'late' }))).toBe(true);
  });

  test.for<[unknown]>([
    [new Error('plain')],
    [{ name: 'TypingError', isTypingError: true, code: 'timeout' }],
    [undefined],
    [null],
    ['TypingError'],
  ])('refuses %j', ([value]) => {
    expect(TypingError.isInstance(value)).toBe(false);
  });
});

test('a TypingError is an Error with a stack that begins with its name and message', () => {
  const error = new TypingError(full);
  expect(error).toBeInstanceOf(Error);
  expect(error.stack).toContain('typing-error.test.ts');
  expect(String(error)).toBe(`TypingError: ${error.message}`);
});

test.for([
  [1.5, 2],
  [0, 0],
  [Number.NaN, undefined],
  [-1, undefined],
  [Infinity, undefined],
] as const)('a retryAfterMs of %s is %s: a whole time that one can wait', ([given, kept]) => {
  const error = new TypingError({ code: 'rate-limited', reason: 'later', retryAfterMs: given });
  expect(error.retryAfterMs).toBe(kept);
  expect('retryAfterMs' in error).toBe(kept !== undefined);
});
