import { describe, expect, test } from 'vitest';
import { linqWebhook } from '../../src/webhook/index.ts';
import { everyPrintOf, thrownBy } from '../support/failure.ts';
import { otherSecret, secret } from '../support/webhook-events.ts';

const plain = 'never-quote-me';
const onTyping = (): void => {};
const aSecret =
  "secret must be the subscription's signing secret, or a list that contains at least one";
const base64 = 'options must have a base64 secret as Linq issues it: whsec_ and about 32 bytes';

describe('options that are refused', () => {
  test.for<[string, Record<string, unknown>, string]>([
    ['no secret', { secret: undefined }, aSecret.replace('must', 'is required and must')],
    ['an empty secret', { secret: '' }, aSecret],
    ['a secret of blanks', { secret: '  ' }, aSecret],
    ['no secret in the list', { secret: [] }, aSecret],
    ['none in the list that is set', { secret: [undefined, ''] }, aSecret],
    ['a secret of blanks in the list', { secret: [secret, ' '] }, aSecret],
    ['a secret that is a number', { secret: 7 }, aSecret],
    ['a secret that is not base64', { secret: plain }, base64],
    ['a secret with a line break', { secret: `${secret}\n` }, base64],
    ['nothing behind whsec_', { secret: 'whsec_' }, base64],
    ['one of them not base64', { secret: [secret, plain] }, base64],
    ['nobody to tell', { onTyping: undefined }, 'options must have onMessage or onTyping'],
    ['a handler that is none', { onMessage: plain }, 'onMessage must be a function'],
    ['an empty channel', { channel: '' }, 'channel must not be empty'],
    ['a life of 0', { expiresMs: 0 }, 'expiresMs must be more than 0 and less than 2^31'],
    [
      'a memory without methods',
      { seenEvents: {} },
      'seenEvents must have the methods claim and release',
    ],
    ['the older scheme as text', { legacySignatures: plain }, 'legacySignatures must be a boolean'],
    ['a listener that is none', { onFailure: plain }, 'onFailure must be a function'],
    ['a clock that is none', { now: 5 }, 'now must be a function'],
    ['a field that does not exist', { secrets: plain }, 'options has no field called secrets'],
  ])('%s', ([, options, reason]) => {
    // What JavaScript callers pass, the types do not see.
    const input = { secret, onTyping, ...options } as Parameters<typeof linqWebhook>[0];
    const error = thrownBy(() => linqWebhook(input));
    expect(error).toMatchObject({
      code: 'misconfigured',
      provider: 'linq',
      operation: 'configure',
      reason,
    });
    for (const print of everyPrintOf(error)) {
      for (const one of [plain, secret, otherSecret]) expect(print).not.toContain(one);
    }
  });

  test('nothing in their place', () => {
    const error = thrownBy(() => linqWebhook(undefined as never));
    expect(error.code).toBe('misconfigured');
  });
});

test.for([
  ['with whsec_', { secret }],
  ['without', { secret: secret.slice('whsec_'.length) }],
  ['in a list', { secret: [secret, otherSecret] }],
  ['in a list, beside one that is not set', { secret: [secret, undefined, ''] }],
  ['of any text, for the older scheme', { secret: plain, legacySignatures: true }],
] as const)('a secret %s is good', ([, options]) => {
  expect(linqWebhook({ onTyping, ...options })).toBeTypeOf('function');
});
