import type { WebhookRequest } from './webhook-request.ts';

/** A handler that can do with less than a `Request`: on Node, to make and read one is a third of what an event costs. */
export type FrugalHandler = (request: WebhookRequest) => Promise<Response>;

const known = new WeakSet<object>();

/** Makes a handler known as one that can do with less. What wraps it is another function, and is not. */
export function frugalHandler(handler: FrugalHandler): FrugalHandler {
  known.add(handler);
  return handler;
}

export function isFrugal(
  handler: (request: Request) => Response | Promise<Response>,
): handler is FrugalHandler {
  return known.has(handler);
}
