import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';

import type { SimulatedClock } from './clock.ts';
import { spoilAnswer, wait } from './fault-answers.ts';
import type { FaultSource, VendorName } from './faults.ts';
import { loggableHeaders } from './request-log.ts';
import type { RequestEntry, RequestLog } from './request-log.ts';

export interface WireEnvironment {
  Bindings: HttpBindings;
  Variables: { answersSuccessFalse: boolean | undefined };
}

export interface WireObserverParts {
  readonly clock: SimulatedClock;
  readonly requestLog: RequestLog;
  readonly faults: FaultSource;
}

/** Logs every request of a vendor's, and lets the fault that is queued for it happen. */
export function wireObserver(
  vendor: VendorName | null,
  { clock, requestLog, faults }: WireObserverParts,
): MiddlewareHandler<WireEnvironment> {
  return async (context, next) => {
    const { incoming, outgoing } = context.env;
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

    if (fault === null || fault.kind === 'success-false') {
      context.set('answersSuccessFalse', fault !== null);
      await next();
    } else if (fault.kind === 'delay') {
      if (fault.takesEffect === true) await next();
      await wait(fault.delayMs);
      if (fault.takesEffect !== true) await next();
    } else {
      if (fault.takesEffect === true) await next();
      entry.status = spoilAnswer(fault, { incoming, outgoing });
      context.res = RESPONSE_ALREADY_SENT;
      return;
    }
    entry.status = context.res.status;
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
