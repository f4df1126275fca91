import {
  fromWebRequest,
  type PlainAnswer,
  toWebResponse,
  type WebhookRequest,
} from './webhook-request.ts';

/** A handler that can do without a `Request` and a `Response`. */
export type PlainHandler = (request: WebhookRequest) => Promise<PlainAnswer | Response>;

const plainHandlers = new WeakMap<object, PlainHandler>();

/** Makes a handler of the web that can also be called without the cost of one. What wraps it is another function. */
export function plainHandler(handle: PlainHandler): (request: Request) => Promise<Response> {
  const handleOnWeb = async (request: Request): Promise<Response> =>
    toWebResponse(await handle(fromWebRequest(request)));
  plainHandlers.set(handleOnWeb, handle);
  return handleOnWeb;
}

/** The plain form of a handler, where it has one. */
export function plainFormOf(handler: object): PlainHandler | undefined {
  return plainHandlers.get(handler);
}
