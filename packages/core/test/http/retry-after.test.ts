import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { retryAfterMs, untilInstantMs } from '../../src/http/retry-after.ts';

const longestMs = 3_600_000;
const now = Date.UTC(2026, 10, 20, 12, 0, 0);
const serverDate = 'Fri, 20 Nov 2026 11:00:00 GMT';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  // Any zone but UTC: a date without a zone must not be read as local time.
  vi.stubEnv('TZ', 'America/New_York');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('Retry-After', () => {
  test.for<[value: string, ms: number]>([
    ['0', 0],
    ['5', 5_000],
    ['0.25', 250],
    ['1.0004', 1_000],
    [' 7 ', 7_000],
    ['3600', longestMs],
    ['86400', longestMs],
    ['1000000000000', longestMs],
    ['2147484', longestMs],
    ['9'.repeat(400), longestMs],
  ])('of %s seconds is %d ms', ([value, ms]) => {
    expect(retryAfterMs(value)).toBe(ms);
  });

  test.for<[form: string, value: string]>([
    ['IMF-fixdate', 'Fri, 20 Nov 2026 12:00:30 GMT'],
    ['RFC 850', 'Friday, 20-Nov-26 12:00:30 GMT'],
    ['asctime', 'Fri Nov 20 12:00:30 2026'],
  ])('as a date of the form %s is measured against our clock', ([, value]) => {
    expect(retryAfterMs(value)).toBe(30_000);
    expect(retryAfterMs(value, 'no date')).toBe(30_000);
    expect(retryAfterMs(value, '')).toBe(30_000);
    expect(retryAfterMs(value, null)).toBe(30_000);
  });

  test('as an asctime date with a day of one digit is read', () => {
    expect(retryAfterMs('Tue Dec  1 12:00:00 2026', 'Tue Dec  1 11:59:00 2026')).toBe(60_000);
  });

  test.for<[form: string, date: string]>([
    ['IMF-fixdate', serverDate],
    ['RFC 850', 'Friday, 20-Nov-26 11:00:00 GMT'],
    ['asctime', 'Fri Nov 20 11:00:00 2026'],
  ])('as a date is measured against a Date header of the form %s', ([, date]) => {
    expect(retryAfterMs('Fri, 20 Nov 2026 11:00:10 GMT', date)).toBe(10_000);
  });

  test('as a date that has passed is now', () => {
    expect(retryAfterMs('Fri, 20 Nov 2026 10:59:59 GMT', serverDate)).toBe(0);
    expect(retryAfterMs('Sun, 06 Nov 1994 08:49:37 GMT')).toBe(0);
  });

  test('as a date far away is an hour', () => {
    expect(retryAfterMs('Fri, 31 Dec 9999 23:59:59 GMT')).toBe(longestMs);
  });

  test.for([
    undefined,
    null,
    '',
    '-1',
    '+5',
    '1e3',
    '0x10',
    '.5',
    '5.',
    '1,5',
    '5, 10',
    '5s',
    'soon',
    'NaN',
    'Infinity',
    'Monday',
    'Mon 5',
    'Sunday we rest for 5 minutes',
    'Fri, 99 Nov 2026 11:00:00 GMT',
    'Fri, 20 Foo 2026 11:00:00 GMT',
    'Fri, 20 Nov 2026 11:00:00',
    '2026-11-20T11:00:00Z',
  ])('of %j says nothing', (value) => {
    expect(retryAfterMs(value)).toBeUndefined();
  });

  const text = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.bigInt().map(String),
    fc.date({ noInvalidDate: false }).map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    fc.stringMatching(/^(?:Mon|Friday),? [\w :-]{0,30}$/),
  );

  test('of any text is undefined or what a timer can wait', () => {
    fc.assert(
      fc.property(text, fc.option(text), (value, date) => {
        for (const ms of [retryAfterMs(value, date), untilInstantMs(value, date)]) {
          if (ms === undefined) continue;
          expect(Number.isInteger(ms)).toBe(true);
          expect(ms).toBeGreaterThanOrEqual(0);
          expect(ms).toBeLessThanOrEqual(longestMs);
        }
      }),
    );
  });
});

describe('the instant at which a limit ends', () => {
  test.for<[value: unknown, ms: number]>([
    ['2026-11-20T12:00:30Z', 30_000],
    ['2026-11-20T12:00:30.250Z', 30_250],
    ['2026-11-20T13:00:30+01:00', 30_000],
    // Without a zone it is the vendor's clock, which is no more likely to stand where ours does than in UTC.
    ['2026-11-20T12:00:30', 30_000],
    [' 2026-11-20T12:00:30Z ', 30_000],
    [now / 1_000 + 30, 30_000],
    [now / 1_000 + 0.5, 500],
    [String(now / 1_000 + 30), 30_000],
    [now / 1_000 - 30, 0],
    [-1, 0],
    ['1994-11-06T08:49:37Z', 0],
    [Number.MAX_VALUE, undefined],
    [1e15, longestMs],
  ] as [unknown, number][])('%j is %d ms away', ([value, ms]) => {
    expect(untilInstantMs(value)).toBe(ms);
  });

  test('is measured against the Date header', () => {
    expect(untilInstantMs('2026-11-20T11:00:05Z', serverDate)).toBe(5_000);
    expect(untilInstantMs(Date.UTC(2026, 10, 20, 11) / 1_000 + 5, serverDate)).toBe(5_000);
  });

  test.for<[unknown]>([
    [undefined],
    [null],
    [true],
    [{}],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [''],
    ['soon'],
    ['2026-11-20'],
    ['2026-99-99T00:00:00Z'],
    ['Fri, 20 Nov 2026 12:00:30 GMT'],
  ])('%j says nothing', ([value]) => {
    expect(untilInstantMs(value)).toBeUndefined();
  });

  test('of any value is undefined or what a timer can wait', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const ms = untilInstantMs(value, serverDate);
        expect(ms === undefined || (ms >= 0 && ms <= longestMs)).toBe(true);
      }),
    );
  });
});
