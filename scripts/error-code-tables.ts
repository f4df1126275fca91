import { parseArgs } from 'node:util';
import {
  type ErrorCodeRow,
  errorCodes,
  sessionConsequences,
  type TypingErrorCode,
} from '@typingkit/core/error-codes';
import { problemStatuses, serverProblems } from '@typingkit/server';
import { generateParts, markdownTable } from './generated-part.ts';

// Its keys are the codes, which `Object.entries` does not know.
const rows = Object.entries(errorCodes) as [TypingErrorCode, ErrorCodeRow][];

/** Codes that share something, with what they share. */
function grouped<Key extends string>(
  keys: readonly Key[],
  sentences: Readonly<Record<Key, string>>,
  keyOf: (row: (typeof rows)[number][1]) => Key,
): string[][] {
  return keys.map((key) => {
    const codes = rows.filter(([, row]) => keyOf(row) === key).map(([code]) => `\`${code}\``);
    return [codes.join(', ') || 'a code that this version does not know', sentences[key]];
  });
}

const codeTable = markdownTable(
  ['code', 'when', 'retryable', 'sessions', '`diagnose`', 'exit code', 'what to do'],
  rows.map(([code, { meaning, retryable, sessions, effect, exitCode, advice }]) => [
    `\`${code}\``,
    meaning,
    retryable ? 'yes' : 'no',
    `\`${sessions}\``,
    `\`${effect}\``,
    String(exitCode),
    advice,
  ]),
);

const sessionTable = markdownTable(
  ['code', 'to sessions'],
  grouped(
    ['suspends-credential', 'ends-session', 'waits', 'counts-toward-circuit', 'keeps-cadence'],
    sessionConsequences,
    ({ sessions }) => sessions,
  ),
);

const diagnosisTable = markdownTable(
  ['how asking ended', '`effect`'],
  grouped(
    ['hides', 'may-hide'],
    {
      hides: '`hides`: a start would end the same way',
      'may-hide': '`may-hide`: nobody could be asked',
    },
    ({ effect }) => effect,
  ),
);

/** Where the `type` of a problem document leads. */
const withAnchor = (code: string): string => `<a id="problem-${code}"></a>\`${code}\``;

const serverTable = markdownTable(
  ['status', 'code', 'when', 'what to do'],
  Object.entries(serverProblems).map(([code, { status, title, advice }]) => [
    String(status),
    withAnchor(code),
    title,
    // The site takes `<token>` for an element that is never closed.
    advice.replaceAll('<', '&lt;'),
  ]),
);

const typingTable = markdownTable(
  ['status', 'code', 'when'],
  rows.map(([code, { meaning }]) => [String(problemStatuses[code]), withAnchor(code), meaning]),
);

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
generateParts(
  [
    { name: 'error-codes', file: 'docs/errors.md', content: codeTable },
    { name: 'failure-policy', file: 'docs/sessions.md', content: sessionTable },
    { name: 'server-problems', file: 'docs/server.md', content: serverTable },
    { name: 'typing-problems', file: 'docs/server.md', content: typingTable },
    { name: 'diagnosis-effects', file: 'docs/diagnose.md', content: diagnosisTable },
  ],
  { check: values.check, command: 'pnpm error-code-tables' },
);
