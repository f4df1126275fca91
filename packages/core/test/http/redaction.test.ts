import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactionOf } from '../../src/http/redaction.ts';

const urn = 'urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAA,2-Nzkz_MQ==)';
const key = 'sk_live/4f+9a=';
const words = redactionOf([key, urn, '550e8400-e29b-41d4-a716-446655440000', '']);

describe('a sentence of a vendor', () => {
  test.for<[name: string, written: unknown, kept: string | undefined]>([
    ['plain words', 'Access denied', 'Access denied'],
    ['a full stop at its end', 'Access denied.', 'Access denied'],
    ['the key', `Key ${key} is wrong`, 'Key … is wrong'],
    ['the key, percent-encoded', `Key ${encodeURIComponent(key)} is wrong`, 'Key … is wrong'],
    ['the key, encoded in lower case', 'Key sk_live%2f4f%2b9a%3d is wrong', 'Key … is wrong'],
    ['the key twice', `${key} ${key}`, '… …'],
    ['the URN', `No conversation ${urn}`, 'No conversation …'],
    ['the URN, percent-encoded', `GET /x/${encodeURIComponent(urn)}`, 'GET /x/…'],
    [
      'the URN, encoded with its brackets',
      `GET /x/${encodeURIComponent(urn).replaceAll('(', '%28').replaceAll(')', '%29')}`,
      'GET /x/…',
    ],
    ['the URN, encoded as a path', `GET /x/${encodeURI(urn)}`, 'GET /x/…'],
    ['the id in capitals', 'No chat 550E8400-E29B-41D4-A716-446655440000', 'No chat …'],
    [
      'a bearer token of any kind',
      'Got "Authorization: Bearer abc.def" here',
      'Got "Authorization: Bearer … here',
    ],
    ['an e-mail address', 'No user <jane.doe+x@example.com>!', 'No user <…>!'],
    ['a phone number', 'Cannot text +1 (555) 010-9999 now', 'Cannot text … now'],
    ['another phone number', 'Cannot text +15550109999', 'Cannot text …'],
    ['numbers that are none', 'Code 2005, wait +5 s, 12 of 15', 'Code 2005, wait +5 s, 12 of 15'],
    ['lines and control characters', 'a\r\n\tb\u0000c\u001b[31md\u2028e\u202ef', 'a b c [31md e f'],
    ['blanks alone', ' \n ', undefined],
    ['nothing', '', undefined],
    ['undefined', undefined, undefined],
    ['a number', 403, undefined],
    ['an object', { message: 'x' }, undefined],
  ])('with %s', ([, written, kept]) => {
    expect(words.sentence(written)).toBe(kept);
  });

  test('keeps its words but not its length', () => {
    const kept = words.sentence('x'.repeat(201));
    expect(kept).toBe(`${'x'.repeat(199)}…`);
    expect(words.sentence('x'.repeat(200))).toBe('x'.repeat(200));
  });

  test('is cut behind what is hidden, never within', () => {
    expect(words.sentence(`${'x'.repeat(190)}${key}`)).toBe(`${'x'.repeat(190)}…`);
  });

  test('hides the longer of two ids that begin alike', () => {
    expect(redactionOf(['chat', 'chat-secret']).sentence('no chat-secret')).toBe('no …');
  });

  test('hides an id with blanks in it, which become one', () => {
    expect(redactionOf(['room\t 7']).sentence('no room\t 7 here')).toBe('no … here');
  });

  test.for<[hidden: string[]]>([[[]], [['']], [[' ']]])('hides nothing for %j', ([hidden]) => {
    expect(redactionOf(hidden).sentence('Access denied')).toBe('Access denied');
    expect(redactionOf(hidden).word('2005')).toBe('2005');
  });

  test('takes an id with half a surrogate pair', () => {
    expect(redactionOf(['a\ud800b']).sentence('no a\ud800b here')).toBe('no … here');
  });

  test('of the largest size takes no time', () => {
    const before = process.cpuUsage();
    for (const unit of ['a', 'a@', '@', '+1', 'bearer ', ' ', '%2', 'sk_live']) {
      words.sentence(unit.repeat(65_536 / unit.length));
    }
    // In microseconds; a search that begins anew at each letter takes seconds.
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});

describe('a code or an id', () => {
  test.for<[written: unknown, kept: string | undefined]>([
    ['2005', '2005'],
    [2005, '2005'],
    ['AUTH_REQUIRED', 'AUTH_REQUIRED'],
    ['a.b:c-d', 'a.b:c-d'],
    ['x'.repeat(128), 'x'.repeat(128)],
    ['x'.repeat(129), undefined],
    ['two words', undefined],
    ['line\n', undefined],
    ['<html>', undefined],
    ['', undefined],
    [Number.NaN, 'NaN'],
    [null, undefined],
    [{}, undefined],
    ['x-550e8400-e29b-41d4-a716-446655440000', undefined],
    ['550E8400-E29B-41D4-A716-446655440000', undefined],
  ])('%j is kept as %j', ([written, kept]) => {
    expect(words.word(written)).toBe(kept);
  });
});

describe('a link', () => {
  test.for<[written: unknown, kept: boolean]>([
    ['https://docs.example.com/error/2005', true],
    ['https://docs.example.com/error#2005', true],
    ['http://docs.example.com', false],
    ['javascript:alert(1)', false],
    ['https://docs.example.com/?key=1', false],
    ['https://user:pass@docs.example.com', false],
    ['https://docs.example.com/a b', false],
    [`https://docs.example.com/${'x'.repeat(200)}`, false],
    ['https://docs.example.com/550e8400-e29b-41d4-a716-446655440000', false],
    ['https://docs.example.com/550E8400-E29B-41D4-A716-446655440000', false],
    [7, false],
    [undefined, false],
  ])('%j is kept: %j', ([written, kept]) => {
    expect(words.link(written)).toBe(kept ? written : undefined);
  });
});

// What keys and ids are made of; a hidden text of one or two letters could not be told from the vendor's own words.
const hiddenText = fc.oneof(
  fc.stringMatching(/^[\x21-\x7e]{6,40}$/),
  fc.string({ unit: 'grapheme', minLength: 6 }).filter((text) => text.trim().length > 5),
);
const written = (hidden: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant(hidden),
    fc.constant(hidden.toUpperCase()),
    fc.constant(encodeURIComponent(hidden)),
    fc.constant(encodeURIComponent(hidden).toLowerCase()),
    fc.constant(encodeURI(hidden)),
  );

test('no hidden text gets through, however it is written and whatever stands around it', () => {
  const texts = fc.array(hiddenText, { minLength: 1, maxLength: 3 }).chain((hidden) =>
    fc.record({
      hidden: fc.constant(hidden),
      text: fc
        .array(fc.oneof(fc.string(), fc.constantFrom(...hidden).chain(written)), { maxLength: 6 })
        .map((parts) => parts.join(' ')),
    }),
  );
  fc.assert(
    fc.property(texts, ({ hidden, text }) => {
      const subject = redactionOf(hidden);
      for (const kept of [subject.sentence(text), subject.word(text), subject.link(text)]) {
        if (kept === undefined) continue;
        expect(kept.length).toBeLessThanOrEqual(210);
        expect(kept).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        for (const secret of hidden) {
          expect(kept).not.toContain(secret);
          expect(kept).not.toContain(encodeURIComponent(secret));
        }
      }
    }),
    { numRuns: 200 },
  );
});
