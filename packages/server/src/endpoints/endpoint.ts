import type { Clock } from '@typingkit/core';
import { z } from 'zod';
import type { EventLog } from '../events/event-log.ts';
import type { ServerProblemCode } from '../problems/problem-codes.ts';
import type { AnyTyping, ServedChannel } from '../served-typing.ts';
import type { IdempotencyKeys } from '../sessions/idempotency-keys.ts';
import type { Masks } from '../sessions/masks.ts';
import type { SessionDesk } from '../sessions/session-desk.ts';

/** What endpoints work with. */
export interface Served {
  readonly typing: AnyTyping;
  readonly channels: readonly ServedChannel[];
  readonly desk: SessionDesk;
  readonly events: EventLog;
  readonly keys: IdempotencyKeys<Answer>;
  readonly masks: Masks;
  readonly clock: Clock;
  /** Aborted when the server begins to shut down. */
  readonly closing: AbortSignal;
}

/** What an endpoint answers: JSON, or a response of its own. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

/** A request that has been checked. */
export interface Call<Query, Body> {
  readonly served: Served;
  /** What stands in the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** The body as it came. */
  readonly text: string;
  readonly header: (name: string) => string | undefined;
}

/** What an answer is, for the OpenAPI document. */
interface DocumentedAnswer {
  readonly status: number;
  readonly description: string;
  /** Default: no body. */
  readonly schema?: z.ZodType | undefined;
  /** Default: `application/json`. */
  readonly contentType?: string | undefined;
}

/** One thing that the server can be asked for. */
export interface Endpoint {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** With parameters in braces: `/v1/sessions/{id}`. */
  readonly path: string;
  /** What clients that are generated call it. */
  readonly name: string;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly query: z.ZodObject;
  readonly body: z.ZodType;
  readonly bodyKind: BodyKind;
  readonly largestBodyBytes: number;
  /** Whether it takes the header `Idempotency-Key`. */
  readonly takesKey: boolean;
  readonly answer: DocumentedAnswer;
  /** Its own problems, beside those of every endpoint and those of typing. */
  readonly problems: readonly ServerProblemCode[];
  handle(call: Call<unknown, unknown>): Promise<Answer | Response>;
}

/** `none`: anything but an empty body is refused. `webhook`: JSON or a form, whatever the vendor sends. */
type BodyKind = 'none' | 'json' | 'webhook';

interface EndpointDetails<Query extends z.ZodObject, Body extends z.ZodType> {
  readonly method: Endpoint['method'];
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: Query;
  readonly body?: Body;
  readonly bodyKind?: BodyKind;
  readonly takesKey?: boolean;
  readonly answer: DocumentedAnswer;
  readonly problems?: readonly ServerProblemCode[];
  handle(
    call: Call<z.output<Query>, z.output<Body>>,
  ): Answer | Response | Promise<Answer | Response>;
}

const nothing: z.ZodObject<{}, z.core.$strict> = z.strictObject({});
const largestJsonBytes = 64 * 1024;
const largestWebhookBytes = 1024 * 1024;

/** Describes an endpoint. Its handler gets what its schemas make of a request. */
export function endpoint<
  Query extends z.ZodObject = typeof nothing,
  Body extends z.ZodType = typeof nothing,
>(details: EndpointDetails<Query, Body>): Endpoint {
  const { bodyKind = details.body ? 'json' : 'none' } = details;
  return {
    takesKey: false,
    problems: [],
    ...details,
    query: details.query ?? nothing,
    body: details.body ?? nothing,
    bodyKind,
    largestBodyBytes: bodyKind === 'webhook' ? largestWebhookBytes : largestJsonBytes,
    // Whoever calls it has parsed query and body with the schemas beside it.
    handle: async (call) => details.handle(call as Call<z.output<Query>, z.output<Body>>),
  };
}
