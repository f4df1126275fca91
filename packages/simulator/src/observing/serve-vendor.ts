import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';

import { spoilAnswer, wait } from '../faults/fault-answers.ts';
import type { FaultSource } from '../faults/faults.ts';
import type { SimulatedClock } from '../time/clock.ts';
import { failureAt, failureResponse } from '../vendors/failure-answer.ts';
import { requestFields } from '../vendors/request-fields.ts';
import type { VendorRequest } from '../vendors/vendor.ts';
import type { StartedVendor } from '../vendors/start-vendor.ts';
import type { Observers } from './observer.ts';
import type { RequestEntry, RequestLog } from './request-log.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface WireEnvironment {
  Bindings: HttpBindings;
}

export interface WireObserverParts {
  readonly clock: SimulatedClock;
  readonly requestLog: RequestLog;
  readonly faults: FaultSource;
  readonly observers: Observers;
}

/** More of a body than this is not kept. */
const KEPT_BODY_CHARACTERS = 64 * 1024;
const DEFAULT_RETRY_AFTER_SECONDS = 30;

/** Lets a vendor answer a request, or the fault that is queued for it happen, and logs it. */
export async function serveVendor(
  context: Context<WireEnvironment>,
  vendor: StartedVendor,
  { clock, requestLog, faults, observers }: WireObserverParts,
): Promise<Response> {
  const { incoming, outgoing } = context.env;
  // By the clock that all times in the answer go by, or a client would take the chat for younger or older than it is.
  outgoing.setHeader('date', new Date(clock.now()).toUTCString());
  const { name, row, running } = vendor;
  const { method, raw } = context.req;
  const body = await context.req.text();
  const path = incoming.url ?? context.req.path;
  const url = new URL(raw.url);
  url.pathname = url.pathname.slice(row.basePath.length) || '/';
  const contentType = raw.headers.get('content-type') ?? '';
  const fields = requestFields(url.searchParams, contentType, body);
  const request: VendorRequest = { method, path: url.pathname, fields };
  const { conversation, intent } = running.read(request);
  const fault = faults.take({ vendor: name, method, path, conversation, intent });
  const { body: loggedBody, ...logged } = withoutSecrets(path, raw.headers, body, row.secrets);
  const entry: RequestEntry = {
    vendor: name,
    method,
    ...logged,
    conversation,
    intent,
    body: loggedBody.slice(0, KEPT_BODY_CHARACTERS),
    atMs: clock.now(),
    status: null,
    fault: fault?.kind ?? null,
  };
  requestLog.add(entry);
  const answered = (status: number | null): void => {
    entry.status = status;
    observers.tell({ kind: 'request', atMs: clock.now(), request: structuredClone(entry) });
  };
  const act = async (): Promise<Response> => {
    const hasBody = method !== 'GET' && method !== 'HEAD' && body !== '';
    const { headers } = raw;
    return running.routes.fetch(
      new Request(url, { method, headers, ...(hasBody ? { body } : {}) }),
    );
  };

  const acted = fault === null || fault.takesEffect === true ? await act() : null;
  if (fault === null || fault.kind === 'delay') {
    if (fault !== null) await wait(fault.delayMs);
    const response = acted ?? (await act());
    answered(response.status);
    return response;
  }
  if (fault.kind === 'failure') {
    const { retryAfterSeconds = DEFAULT_RETRY_AFTER_SECONDS } = fault;
    const moment = { retryAfterSeconds, request };
    const response = failureResponse(failureAt(row.failures, fault.failure, moment));
    answered(response.status);
    return response;
  }
  answered(spoilAnswer(fault, { incoming, outgoing }));
  return RESPONSE_ALREADY_SENT;
}

/** Logs a request that is for no vendor. */
export function logStray(
  context: Context<WireEnvironment>,
  body: string,
  { clock, requestLog, observers }: WireObserverParts,
): Response {
  const { method, raw } = context.req;
  const { incoming } = context.env;
  const entry: RequestEntry = {
    vendor: null,
    method,
    ...withoutSecrets(incoming.url ?? context.req.path, raw.headers, body),
    conversation: null,
    intent: null,
    atMs: clock.now(),
    status: 404,
    fault: null,
  };
  requestLog.add(entry);
  observers.tell({ kind: 'request', atMs: clock.now(), request: structuredClone(entry) });
  return context.text('No simulated vendor has this path. Is the base URL wrong?\n', 404);
}
