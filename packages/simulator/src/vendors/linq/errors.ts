/** The errors the simulated Linq answers, by the vendor's code. @see https://docs.linqapp.com/error */
export const LINQ_ERRORS = {
  1001: { status: 400, message: 'Missing required field' },
  1002: { status: 400, message: 'Phone number must be in E.164 format' },
  1003: { status: 400, message: 'Invalid request body' },
  1004: { status: 400, message: 'Invalid message content' },
  1005: { status: 400, message: 'Invalid parameter value' },
  1007: { status: 429, message: 'Rate limited' },
  2001: { status: 404, message: 'Resource not found' },
  2004: { status: 401, message: 'Unauthorized - missing or invalid authentication token' },
  2005: {
    status: 403,
    message: 'Access denied - insufficient permissions for this resource',
  },
  2009: { status: 409, message: 'Chat is still being created' },
  2010: { status: 404, message: 'Webhook subscription not found' },
  2013: { status: 409, message: 'Chat unavailable' },
  2015: { status: 409, message: 'Request conflicts with the current state of the resource' },
  3006: { status: 500, message: 'Internal server error' },
} as const;

export type LinqErrorCode = keyof typeof LINQ_ERRORS;

/** The error envelope. `doc_url` and `trace_id` are missing in some of the vendor's own samples. */
export interface LinqErrorBody {
  readonly success: false;
  readonly error: {
    readonly status: number;
    readonly code: number;
    readonly message: string;
    readonly retry_after?: number;
    readonly doc_url?: string;
  };
  readonly trace_id?: string;
}

export interface LinqErrorDetails {
  readonly docUrl: boolean;
  /** `null`: leave it out. */
  readonly traceId: string | null;
  readonly message?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

export function linqErrorBody(code: LinqErrorCode, details: LinqErrorDetails): LinqErrorBody {
  const { status, message } = LINQ_ERRORS[code];
  const range = `${String(code).slice(0, 1)}xxx`;
  return {
    success: false,
    error: {
      status,
      code,
      message: details.message ?? message,
      ...(details.retryAfterSeconds === undefined
        ? {}
        : { retry_after: details.retryAfterSeconds }),
      ...(details.docUrl
        ? { doc_url: `https://docs.linqapp.com/error/codes/${range}/${String(code)}/` }
        : {}),
    },
    ...(details.traceId === null ? {} : { trace_id: details.traceId }),
  };
}
