import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';

import type { SimulatedClock } from '../time/clock.ts';
import { spoilAnswer, wait } from '../faults/fault-answers.ts';
import type { FaultSource } from '../faults/faults.ts';
import type { Observers } from './observer.ts';
import { loggableHeaders } from './request-log.ts';
import type { RequestEntry, RequestLog } from './request-log.ts';
import type { VendorName } from '../vendor-name.ts';

export interface WireEnvironment {
  Bindings: HttpBindings;
  Variables: { answersSuccessFalse: boolean | undefined };
}

export interface WireObserverParts {
  readonly clock: SimulatedClock;
  readonly requestLog: RequestLog;
  readonly faults: FaultSource;
  readonly observers: Observers;
}

/** Logs every request of a vendor's, and lets the fault that is queued for it happen. */
export function wireObserver(
  vendor: VendorName | null,
  { clock, requestLog, faults, observers }: WireObserverParts,
): MiddlewareHandler<WireEnvironment> {
  return async (context, next) => {
    const { incoming, outgoing } = context.env;
    // By the clock that all times in the answer go by, or a client would take the chat for younger or older than it is.
    outgoing.setHeader('date', new Date(clock.now()).toUTCString());
    const body = await context.req.text();
    const path = incoming.url ?? context.req.path;
    const conversation = conversationOf(path, body);
    const fault =
      vendor === null
        ? null
        : faults.take({ vendor, method: context.req.method, path, conversation });
    const entry: RequestEntry = {
      vendor,
      method: context.req.method,
      path,
      conversation,
      headers: loggableHeaders(context.req.raw.headers),
      body,
      atMs: clock.now(),
      status: null,
      fault: fault?.kind ?? null,
    };
    requestLog.add(entry);
    const answered = (status: number | null): void => {
      entry.status = status;
      observers.tell({ kind: 'request', atMs: clock.now(), request: structuredClone(entry) });
    };

    if (fault === null || fault.kind === 'success-false') {
      context.set('answersSuccessFalse', fault !== null);
      await next();
    } else if (fault.kind === 'delay') {
      if (fault.takesEffect === true) await next();
      await wait(fault.delayMs);
      if (fault.takesEffect !== true) await next();
    } else {
      if (fault.takesEffect === true) await next();
      answered(spoilAnswer(fault, { incoming, outgoing }));
      context.res = RESPONSE_ALREADY_SENT;
      return;
    }
    answered(context.res.status);
  };
}

function conversationOf(path: string, body: string): string | null {
  const chatId = /\/v3\/chats\/([^/?]+)/.exec(path)?.[1];
  if (chatId !== undefined) return chatId;
  try {
    const value: unknown = JSON.parse(body);
    const isObject = typeof value === 'object' && value !== null;
    if (!isObject || !('conversationUrn' in value)) return null;
    return typeof value.conversationUrn === 'string' ? value.conversationUrn : null;
  } catch {
    return null;
  }
}
