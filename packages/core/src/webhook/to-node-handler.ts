import {
  type NodeRequest,
  type NodeResponse,
  PlainNodeRequest,
  sendAnswer,
  webRequest,
} from './node-exchange.ts';
import { plainFormOf } from './plain-handlers.ts';

/** What Hono, Next.js, Workers, Deno and Bun call a handler. */
export type WebHandler = (request: Request) => Response | Promise<Response>;

/** What `http.createServer` and Express take. */
export type NodeHandler = (
  request: NodeRequest,
  response: NodeResponse,
  next?: (error: unknown) => void,
) => void;

/**
 * Makes a handler of the web one of Node's `http` and of Express.
 *
 * It needs the bytes of the body as they came: unread, as in Node's `http` and in Express without a body parser; or as a
 * Buffer in `body`, as `express.raw()` leaves it; or in `rawBody`. The request's signal is aborted when the client goes.
 * The answer is read whole before it is sent, so this is for webhooks and not for streams. What {@link webhookHandler}
 * makes is the cheapest as it is: a function of yours around it gets a `Request`, which takes Node half as long again.
 *
 * A handler that rejects, and a body that was parsed, go to `next`, where there is one. Else they go to `console.error`
 * and the answer is 500.
 */
export function toNodeHandler(handle: WebHandler): NodeHandler {
  const handlePlain = plainFormOf(handle);

  async function exchange(
    request: NodeRequest,
    response: NodeResponse,
    next: ((error: unknown) => void) | undefined,
  ): Promise<void> {
    try {
      const answer = handlePlain
        ? await handlePlain(new PlainNodeRequest(request))
        : await handled(handle, webRequest(request, clientGone(response)));
      const sent = sendAnswer(answer, request, response);
      if (sent) await sent;
    } catch (error) {
      fail(error, response, next);
    }
  }

  return (request, response, next) => void exchange(request, response, next);
}

function fail(
  error: unknown,
  response: NodeResponse,
  next: ((error: unknown) => void) | undefined,
): void {
  if (next) {
    next(error);
    return;
  }
  console.error(error);
  if (!response.headersSent) {
    response.statusCode = 500;
    response.setHeader('connection', 'close');
  }
  response.end();
}

// What no `Request` can say is a matter of whoever sent it, and no failure of the server.
function handled(handle: WebHandler, request: Request | undefined): Response | Promise<Response> {
  return request ? handle(request) : new Response(null, { status: 400 });
}

/** A signal that is aborted when the client goes before it has its answer. */
function clientGone(response: NodeResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) gone.abort();
  });
  return gone.signal;
}
