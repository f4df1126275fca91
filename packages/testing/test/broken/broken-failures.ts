import type { TypingErrorCode } from '@typingkit/core';
import { codesOfStatuses } from '../../src/conformance-cases/status-cases.ts';
import { acmeFacts } from '../acme.ts';
import {
  broken,
  type BrokenProvider,
  peek,
  rewritten,
  withErrors,
  withFetch,
  withMembers,
  withRetryAfter,
} from './broken-provider.ts';

export const brokenFailures: readonly BrokenProvider[] = [
  ...[...codesOfStatuses].map(([status, code]) =>
    broken(
      `takes a bare ${status} for something else`,
      `takes a bare ${status} for ${code}, unless the facts say otherwise`,
      withErrors((error) => {
        const isBare = error.status === status && error.vendorCode === undefined;
        return isBare ? rewritten(error, { code: otherThan(code) }) : error;
      }),
    ),
  ),
  ...acmeFacts.failures.map(({ name, vendorCode, code }) =>
    broken(
      `does not know what ${name} means`,
      `takes ${name} for ${code}`,
      withErrors((error) =>
        error.vendorCode === vendorCode ? rewritten(error, { code: otherThan(code) }) : error,
      ),
    ),
  ),
  broken(
    'gives hope after a 500',
    'says whether a failure may pass',
    withErrors((error) => (error.status === 500 ? rewritten(error, { retryable: false }) : error)),
  ),
  broken(
    'forgets the status of a 403',
    'says on a failure who failed, at what and with which status',
    withErrors((error) =>
      error.status === 403 && !error.vendorCode ? rewritten(error, { status: undefined }) : error,
    ),
  ),
  broken(
    'asks an object what a word means',
    'has a code of the contract for a failure with words that every object knows',
    withErrors((error) => {
      const meanings: Readonly<Record<string, TypingErrorCode>> = { blocked: 'forbidden' };
      const code = meanings[error.vendorCode ?? ''];
      return code ? rewritten(error, { code }) : error;
    }),
  ),
  broken(
    'looks for 401 in the text',
    'never lets the words of an answer decide',
    withFetch(async (request, send) => {
      const response = await send(request);
      if (response.status < 400) return response;
      const [text, whole] = await peek(response);
      return text.includes('401') ? new Response(text, { status: 401 }) : whole;
    }),
  ),
  broken(
    'swallows the 403 of a stop',
    'lets a stop fail as a start does',
    withMembers((good) => ({
      async stop(target, call) {
        await good.stop?.(target, call).catch((error: unknown) => {
          if (Object(error).status !== 403) throw error;
        });
      },
    })),
  ),
  broken(
    'swallows every 429',
    [
      'takes a bare 429 for rate-limited, unless the facts say otherwise',
      'takes flood for rate-limited',
      'says whether a failure may pass',
      'never lets the words of an answer decide',
      'has a code of the contract for a failure with words that every object knows',
      'reads Retry-After in seconds',
      'reads Retry-After in fractions of a second',
      "reads Retry-After as a date, against the vendor's own clock",
      'reads a Retry-After that has passed as now',
      'lets no Retry-After hold typing for longer than an hour',
      'takes a Retry-After that makes no sense for none',
    ],
    withMembers((good) => ({
      start: (target, call) =>
        good.start(target, call).catch((error: unknown) => {
          if (Object(error).status !== 429) throw error;
          return {};
        }),
    })),
  ),
  broken(
    'takes seconds for milliseconds',
    'reads Retry-After in seconds',
    withRetryAfter((value) => (/^\d+$/.test(value) ? String(Number(value) / 1000) : value)),
  ),
  broken(
    'knows whole seconds only',
    'reads Retry-After in fractions of a second',
    withRetryAfter((value) => (/^\d+\.\d+$/.test(value) ? undefined : value)),
  ),
  broken(
    'knows one of the three forms of a date only',
    "reads Retry-After as a date, against the vendor's own clock",
    withRetryAfter((value) => (/^[A-Z][a-z]+day/.test(value) ? undefined : value)),
  ),
  broken(
    'forgets a date that has passed',
    'reads a Retry-After that has passed as now',
    withRetryAfter((value) => (value.includes('08:00:00') ? undefined : value)),
  ),
  broken(
    'would wait for years',
    'lets no Retry-After hold typing for longer than an hour',
    withErrors((error) =>
      (error.retryAfterMs ?? 0) > 1_000_000
        ? rewritten(error, { retryAfterMs: 86_400_000 })
        : error,
    ),
  ),
  broken(
    'makes sense of anything',
    'takes a Retry-After that makes no sense for none',
    withRetryAfter((value) => (value === 'soon' ? '1' : value)),
  ),
];

function otherThan(code: TypingErrorCode): TypingErrorCode {
  return code === 'unsupported' ? 'rejected' : 'unsupported';
}
