import { z } from 'zod';
import { serverProblems, type ServerProblemCode } from './problem-codes.ts';

/** Where each code is explained. */
const page = 'https://github.com/typingkit/typingkit/blob/main/docs/server.md';

/** What went wrong, as RFC 9457 writes it, with the fields of a `TypingError`. @see https://www.rfc-editor.org/rfc/rfc9457 */
export const problemDocument: z.ZodType<ProblemDocument> = z.looseObject({
  type: z.url().describe('The page that explains the code.'),
  title: z.string().describe('What the code means, always the same for one code.'),
  status: z.int().describe('The HTTP status of this answer.'),
  detail: z.string().describe('What went wrong this time.'),
  code: z.string().describe('For programs: a code of the server or of a TypingError.'),
  retryable: z.boolean().describe('Whether the same request may succeed later.'),
  advice: z.string().optional().describe('What to do next, as a full sentence.'),
  retryAfterMs: z.number().optional().describe('When to try again at the earliest.'),
  channel: z.string().optional(),
  provider: z.string().optional(),
  operation: z.string().optional(),
  scope: z.string().optional().describe('How far a rate limit reaches.'),
  vendorStatus: z.int().optional().describe('The HTTP status of the vendor, if it answered.'),
  vendorCode: z.string().optional().describe("The vendor's own code."),
  docUrl: z.string().optional().describe("The vendor's page about its code."),
  traceId: z.string().optional().describe("The vendor's id of the exchange, for its support."),
  closeReason: z.string().optional().describe('Why a session ended, for the code session-ended.'),
});

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly retryable: boolean;
  readonly advice?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly channel?: string | undefined;
  readonly provider?: string | undefined;
  readonly operation?: string | undefined;
  readonly scope?: string | undefined;
  readonly vendorStatus?: number | undefined;
  readonly vendorCode?: string | undefined;
  readonly docUrl?: string | undefined;
  readonly traceId?: string | undefined;
  readonly closeReason?: string | undefined;
}

/** What a {@link Problem} adds to the row of its code. */
interface ProblemDetails {
  readonly detail?: string;
  readonly advice?: string;
  readonly closeReason?: string;
}

/** A refusal of the server itself. Holds nothing of the request but names of fields. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly document: ProblemDocument;

  constructor(code: ServerProblemCode, details: ProblemDetails = {}) {
    const { status, title, advice, retryAfterMs } = serverProblems[code];
    super(details.detail ?? title);
    this.document = {
      type: typeOf(code),
      title,
      status,
      detail: `${title}.`,
      code,
      retryable: retryAfterMs !== undefined,
      advice,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...details,
    };
  }
}

/** The page of a code. */
export function typeOf(code: string): string {
  return `${page}#problem-${code}`;
}

/** The answer that says it. */
export function answerOf(document: ProblemDocument): Response {
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  });
  const { status, retryAfterMs } = document;
  if (status === 401) headers.set('www-authenticate', 'Bearer realm="typingkit"');
  if (retryAfterMs !== undefined)
    headers.set('retry-after', String(Math.max(1, Math.ceil(retryAfterMs / 1_000))));
  // What may still be on its way is not read.
  if (status === 413 || status === 503) headers.set('connection', 'close');
  return new Response(`${JSON.stringify(document)}\n`, { status, headers });
}
