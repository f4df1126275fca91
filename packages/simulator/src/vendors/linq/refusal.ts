import type { Context } from 'hono';

import { LINQ_ERRORS, linqErrorBody } from './errors.ts';
import type { LinqErrorCode, LinqErrorDetails } from './errors.ts';
import type { LinqSettings } from './settings.ts';

/** What is known of a request once it is let in. */
export interface LinqEnvironment {
  Variables: { traceId: string; apiKey: string };
}

export type LinqContext = Context<LinqEnvironment>;

export type RefuseLinq = (
  context: LinqContext,
  code: LinqErrorCode,
  details?: Pick<LinqErrorDetails, 'message' | 'retryAfterSeconds'>,
) => Response;

/** Answers an error in the vendor's envelope, with what of it the settings leave in. */
export function createRefusal(settings: () => LinqSettings): RefuseLinq {
  return (context, code, details = {}) => {
    const { docUrl, traceId } = settings();
    return context.json(
      linqErrorBody(code, {
        ...details,
        docUrl,
        traceId: traceId ? context.get('traceId') : null,
      }),
      LINQ_ERRORS[code].status,
    );
  };
}
