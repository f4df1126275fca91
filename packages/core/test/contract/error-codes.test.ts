import { describe, expect, test } from 'vitest';
import {
  errorCodeRow,
  errorCodes,
  isTypingErrorCode,
  sessionConsequences,
} from '../../src/contract/error-codes.ts';

const rows = Object.entries(errorCodes);

describe('the table of error codes', () => {
  test.for(rows)('has a row for %s that a reader can use', ([, row]) => {
    expect(row.meaning).toMatch(/^[a-z].*[^.]$/);
    expect(row.advice).toMatch(/^[A-Z].*[.?]$/);
    expect(sessionConsequences[row.sessions]).toMatch(/^[A-Z].*\.$/);
  });

  test('gives each code an exit code of its own: from 10 to fix, from 20 to wait', () => {
    const exitCodes = rows.map(([, { exitCode }]) => exitCode);
    expect(new Set(exitCodes).size).toBe(rows.length);
    for (const [, { exitCode, retryable }] of rows)
      expect(Math.floor(exitCode / 10)).toBe(retryable ? 2 : 1);
  });

  test('lets nothing end a session that may pass', () => {
    const endings = rows.filter(([, { sessions }]) => sessions === 'ends-session');
    expect(endings.filter(([, { retryable }]) => retryable)).toEqual([]);
  });
});

describe('a code that is not in the table', () => {
  // The last three are what every object has.
  test.for(['over-quota', '', 'Timeout', 'constructor', 'toString', '__proto__'])(
    '%j is not retryable, ends nothing and speeds nothing up',
    (code) => {
      expect(isTypingErrorCode(code)).toBe(false);
      expect(errorCodeRow(code)).toMatchObject({
        retryable: false,
        sessions: 'keeps-cadence',
        effect: 'may-hide',
        exitCode: 1,
      });
    },
  );

  test.for([undefined, null, 5, {}])('%j is not a code at all', (value) => {
    expect(isTypingErrorCode(value)).toBe(false);
  });
});
