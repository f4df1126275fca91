import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Redaction, redactionOf as redactionOfSecrets } from '../../src/http/redaction.ts';
import { findSpellings, isSurelyClean, Secret } from '../../src/http/spellings.ts';

function redactionOf(texts: readonly string[]): Redaction {
  return redactionOfSecrets(texts.map((text) => new Secret(text)));
}

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
    ['a phone number in brackets', 'Cannot text (555) 123-4567 now', 'Cannot text … now'],
    ['a phone number with dots', 'Cannot text 555.123.4567', 'Cannot text …'],
    ['numbers that are none', 'Code 2005, wait +5 s, 12 of 15', 'Code 2005, wait +5 s, 12 of 15'],
    ['an instant', 'Resets at 2026-04-28T00:00:00Z', 'Resets at 2026-04-28T00:00:00Z'],
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

describe('a recipient that the request did not name', () => {
  test.for<[written: string, kept: string]>([
    ['Cannot text 15551234567 now', 'Cannot text … now'],
    ['Cannot text 5551234567.', 'Cannot text …'],
    ['Cannot text (555) 123-4567 now', 'Cannot text … now'],
    ['Cannot text 555 123 4567 now', 'Cannot text … now'],
    ['Cannot text %2B15551234567 now', 'Cannot text … now'],
    ['No user bob%40example.com', 'No user …'],
    ['{"to":"15551234567"}', '{"to":"…"}'],
    ['chat_id=-1001234567890 not found', 'chat_id=-… not found'],
    [
      'wait 30000 ms until 20:15:00, error 190 in 2026',
      'wait 30000 ms until 20:15:00, error 190 in 2026',
    ],
    ['build 20260428', 'build 20260428'],
  ])('%j is told as %j', ([written, kept]) => {
    expect(redactionOf([key]).sentence(written)).toBe(kept);
  });
});

describe('a code or an id', () => {
  test.for<[written: unknown, kept: string | undefined]>([
    ['2005', '2005'],
    [2005, '2005'],
    ['AUTH_REQUIRED', 'AUTH_REQUIRED'],
    ['a.b:c-d', 'a.b:c-d'],
    ['BLBz/WZt8+dN=', 'BLBz/WZt8+dN='],
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

/** Every way in which a vendor, a proxy or a log may write what it was sent. */
const spellings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in capitals': (text) => text.toUpperCase(),
  'percent-encoded': (text) => encodeURIComponent(text),
  'percent-encoded in lower case': (text) => encodeURIComponent(text).toLowerCase(),
  'percent-encoded in part': (text) => encodeURI(text),
  'percent-encoded byte for byte': (text) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'percent-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'as a form': (text) => new URLSearchParams({ text }).toString(),
  'in a URL': (text) => new URL(`http://v/?k=${encodeURIComponent(text)}`).href,
  'as JSON': (text) => JSON.stringify(text),
  'as JSON in JSON': (text) => JSON.stringify(JSON.stringify({ text })),
  'as JSON with escaped slashes': (text) => JSON.stringify(text).replaceAll('/', String.raw`\/`),
  'as JSON in ASCII': (text) =>
    text.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in base64 behind one byte': (text) => Buffer.from(`:${text}`).toString('base64'),
  'in base64 behind two bytes': (text) => Buffer.from(`a:${text}:b`).toString('base64url'),
  'in base64 behind three bytes': (text) => Buffer.from(`ab:${text}`).toString('base64'),
  'in base64, percent-encoded': (text) => encodeURIComponent(Buffer.from(text).toString('base64')),
  'in hex': (text) => Buffer.from(text).toString('hex'),
  'in hex, in capitals': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'in hex, byte by byte': (text) =>
    [...Buffer.from(text)].map((byte) => byte.toString(16)).join(':'),
  'in hex within something else': (text) => Buffer.from(`a:${text}:b`).toString('hex'),
  'broken by a line break': (text) => `${text.slice(0, 7)}\r\n${text.slice(7)}`,
  'with zero-width spaces': (text) => text.split('').join('\u200b'),
};

describe('any secret', () => {
  const secret = fc.stringMatching(/^[\x21-\x7e]{16,40}$/);

  test.for(Object.entries(spellings))('written %s, never survives', ([, write]) => {
    fc.assert(
      fc.property(secret, fc.constantFrom('', 'no ', '"', 'x='), (hidden, before) => {
        const kept = redactionOf([hidden]).sentence(`${before}${write(hidden)} here`) ?? '';
        // Of a run of characters that gives it away, the most that may be left is less than half.
        const letters = (text: string): string => text.replaceAll(/[^a-z0-9]/gi, '').toLowerCase();
        const all = letters(write(hidden));
        const half = Math.ceil(all.length / 2);
        if (half < 8) return;
        for (let place = 0; place + half <= all.length; place += 1) {
          expect(letters(kept)).not.toContain(all.slice(place, place + half));
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a recipient', () => {
  test.for<[hidden: string, spelt: string]>([
    ['+15551234567', '15551234567'],
    ['+15551234567', '+1 (555) 123-4567'],
    ['+15551234567', '(555) 123-4567'],
    ['+15551234567', '555.123.4567'],
    ['+15551234567', '555 123 4567'],
    ['+15551234567', '1-555-123-4567'],
    ['+15551234567', '%2B15551234567'],
    ['+15551234567', 'whatsapp:%2B1%20555%20123%204567'],
    ['whatsapp:+4915112345678', '0151 12345678'],
    ['tel:+15551234567', '5551234567'],
    ['bob@example.com', 'bob%40example.com'],
    ['bob@example.com', 'Bob@Example.com'],
    ['bob@example.com', 'bob%2540example.com'],
    ['550e8400-e29b-41d4-a716-446655440000', '550e8400e29b41d4a716446655440000'],
  ])('%s does not survive as %s', ([hidden, spelt]) => {
    const kept = redactionOf([hidden]).sentence(`cannot reach ${spelt} now`) ?? '';
    expect(kept.replaceAll(/\D/g, '').length).toBeLessThan(4);
    expect(kept).toMatch(/^cannot reach .*….* now$/);
    expect(kept.toLowerCase()).not.toContain('bob');
  });

  test('is not found in another number', () => {
    const subject = redactionOf(['+15551234567']);
    expect(subject.sentence('code 2005 after 12345678 ms')).toBe('code 2005 after 12345678 ms');
    expect(subject.sentence('id 512345678')).toBe('id 512345678');
  });

  test('of one or two letters is found as a word only', () => {
    expect(redactionOf(['42']).sentence('chat 42 of 1424')).toBe('chat … of 1424');
  });
});

test('a secret that is longer than what is read does not survive either', () => {
  const long = Array.from({ length: 8_000 }, (_, place) => (place * 7919).toString(36)).join('');
  const kept = redactionOf([long]).sentence(`${long} here`) ?? '';
  expect(kept).toBe('…');
});

test('a word that passes at a glance is one in which a search finds nothing', () => {
  const id = fc.oneof(
    hiddenText,
    fc.stringMatching(/^\+?1\d{10}$/),
    fc.stringMatching(/^[\w.:-]{1,12}$/),
    fc.uuid(),
  );
  const encoded = (secret: string): fc.Arbitrary<string> =>
    fc.constantFrom(
      secret,
      secret.toUpperCase(),
      secret.replaceAll('-', ''),
      secret.slice(-8),
      base64url(secret),
    );
  const cases = fc.array(id, { minLength: 1, maxLength: 3 }).chain((secrets) =>
    fc.record({
      secrets: fc.constant(secrets),
      word: fc
        .array(
          fc.oneof(
            fc.stringMatching(/^[\w.:/+=-]{0,9}$/),
            fc.constantFrom(...secrets).chain(encoded),
          ),
          { maxLength: 3 },
        )
        .map((parts) => parts.join('').replaceAll(/[^\w.:/+=-]/g, '')),
    }),
  );
  let glances = 0;
  fc.assert(
    fc.property(cases, ({ secrets, word }) => {
      const sought = secrets.map((text) => new Secret(text));
      if (!isSurelyClean(sought, word)) return;
      glances += 1;
      expect(findSpellings(sought, word, false)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
  expect(glances).toBeGreaterThan(100);
});

function base64url(text: string): string {
  return Buffer.from(`x${text}`).toString('base64url');
}
