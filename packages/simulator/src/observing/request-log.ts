import { isSameConversation } from '../recipient/conversation-key.ts';
import type { Fault } from '../faults/fault.ts';
import type { VendorName } from '../vendor-name.ts';

/** One request as it came over the wire, and how it was answered. */
export interface LoggedRequest {
  /** `null` for a path that belongs to neither vendor: a wrong base URL. */
  readonly vendor: VendorName | null;
  readonly method: string;
  /** As sent, with the query. */
  readonly path: string;
  /** The chat id or `conversationUrn` the request names, where it names one. */
  readonly conversation: string | null;
  /** Lower-case names; the value of `authorization` is replaced. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** When it arrived, in simulated milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** `null` while unanswered, and for ever if a fault let it hang or reset it. */
  readonly status: number | null;
  /** The fault that hit it. */
  readonly fault: Fault['kind'] | null;
}

/** Which part of the log to read. What is left out matches everything. */
export interface RequestFilter {
  readonly vendor?: VendorName | undefined;
  readonly method?: string | undefined;
  readonly conversation?: string | undefined;
}

export type RequestEntry = { -readonly [Field in keyof LoggedRequest]: LoggedRequest[Field] };

export interface RequestLog {
  add(entry: RequestEntry): void;
  list(filter?: RequestFilter): readonly LoggedRequest[];
  clear(): void;
}

export function createRequestLog(): RequestLog {
  let entries: RequestEntry[] = [];
  return {
    add(entry) {
      entries.push(entry);
    },
    list(filter = {}) {
      const method = filter.method?.toUpperCase();
      return entries
        .filter(
          (entry) =>
            (filter.vendor === undefined || filter.vendor === entry.vendor) &&
            (method === undefined || method === entry.method) &&
            isSameConversation(filter.conversation, entry.conversation),
        )
        .map((entry) => structuredClone(entry));
    },
    clear() {
      entries = [];
    },
  };
}

const SECRET_HEADERS = new Set([
  'authorization',
  'cookie',
  'x-api-key',
  'x-linq-integration-token',
]);

/** Keeps the scheme of a bearer token, so that a log still tells a token from something else. */
export function loggableHeaders(headers: Headers): Readonly<Record<string, string>> {
  const loggable: Record<string, string> = {};
  for (const [name, value] of headers) {
    if (!SECRET_HEADERS.has(name)) loggable[name] = value;
    else loggable[name] = /^bearer\s/i.test(value) ? 'Bearer [redacted]' : '[redacted]';
  }
  return loggable;
}
