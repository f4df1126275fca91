import { isSameConversation } from '../bubbles/conversation-key.ts';
import type { Fault } from '../faults/fault.ts';
import type { RequestMeaning } from '../vendors/vendor.ts';
import type { VendorName } from '../vendors/vendor-registry.ts';

/** One request as it came over the wire, and how it was answered. */
export interface LoggedRequest {
  /** `null` for a path that belongs to no vendor: a wrong base URL. */
  readonly vendor: VendorName | null;
  readonly method: string;
  /** As sent, with the query; keys are replaced. */
  readonly path: string;
  /** The `id` of the conversation that the request names, where it names one. */
  readonly conversation: string | null;
  /** What it is about. `null`: something else. */
  readonly intent: RequestMeaning['intent'];
  /** Lower-case names; keys are replaced. */
  readonly headers: Readonly<Record<string, string>>;
  /** Its first 64 KiB; keys are replaced. */
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

/** The newest requests. */
export interface RequestLog {
  add(entry: RequestEntry): void;
  list(filter?: RequestFilter): readonly LoggedRequest[];
  /** How many it has let go since it was last cleared, to make room. */
  dropped(): number;
  clear(): void;
}

/** @param capacity how many requests it holds. */
export function createRequestLog(capacity: number): RequestLog {
  // A ring: `total % capacity` is the place of the next one, and of the oldest where it is full.
  let ring: RequestEntry[] = [];
  let total = 0;

  return {
    add(entry) {
      ring[total % capacity] = entry;
      total += 1;
    },
    list(filter = {}) {
      const method = filter.method?.toUpperCase();
      const oldest = total > capacity ? total % capacity : 0;
      return [...ring.slice(oldest), ...ring.slice(0, oldest)]
        .filter(
          (entry) =>
            (filter.vendor === undefined || filter.vendor === entry.vendor) &&
            (method === undefined || method === entry.method) &&
            isSameConversation(filter.conversation, entry.conversation),
        )
        .map((entry) => structuredClone(entry));
    },
    dropped: () => Math.max(0, total - capacity),
    clear() {
      ring = [];
      total = 0;
    },
  };
}
