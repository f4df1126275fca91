import { TypingError } from '@typingkit/core';
import type { WebhookBody, WebhookRequest } from './webhook-request.ts';

/** As much of Node's `IncomingMessage`, or of Express' `Request`, as is asked for. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Whether somebody has begun to read the body. */
  readonly readableDidRead?: boolean | undefined;
  /** Whether the body was read to its end. */
  readonly readableEnded?: boolean | undefined;
  /** Set where somebody has asked for text in place of bytes. */
  readonly readableEncoding?: string | null | undefined;
  /** What a body parser made of the body. */
  readonly body?: unknown;
  /** The bytes of the body, where a body parser or a platform has kept them. */
  readonly rawBody?: unknown;
}

/** As much of Node's `ServerResponse`, or of Express' `Response`, as is asked for. */
export interface NodeResponse {
  readonly writableEnded: boolean;
  readonly headersSent: boolean;
  once(event: 'close', listener: () => void): unknown;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body?: Uint8Array): unknown;
}

/**
 * The request as the web has it; nothing where the web has no such request: `TRACE`, or a password in the host.
 *
 * @throws TypingError `misconfigured`, where the bytes of the body are gone.
 */
export function webRequest(request: NodeRequest, signal: AbortSignal): Request | undefined {
  const { method = 'GET', headers } = request;
  const body = hasBody(request) ? bodyStream(request) : null;
  try {
    return new Request(addressOf(request), {
      method,
      // Node has joined what was sent twice.
      headers: Object.entries(headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
      signal,
      ...(body && { body, duplex: 'half' }),
    });
  } catch {
    return undefined;
  }
}

/**
 * As much of a request as a webhook asks for, without the cost of a `Request`.
 *
 * @throws TypingError `misconfigured`, where the bytes of the body are gone.
 */
export function webhookRequest(request: NodeRequest): WebhookRequest {
  const { method = 'GET', headers } = request;
  return {
    method,
    headers: {
      get: (name) => (headers[name] === undefined ? null : String(headers[name])),
      has: (name) => headers[name] !== undefined,
    },
    bodyUsed: false,
    body: hasBody(request) ? webhookBody(request) : null,
  };
}

function addressOf({ url = '/', headers }: NodeRequest): string {
  const host = `http://${String(headers['host'])}`;
  const origin = URL.canParse(host) ? host : 'http://localhost';
  const address = url.startsWith('/') ? `${origin}${url}` : url;
  return URL.canParse(address) ? address : origin;
}

/** Sends the answer, and ends the connection where some of the request was left unread. */
export async function sendResponse(
  answer: Response,
  request: NodeRequest,
  response: NodeResponse,
): Promise<void> {
  const body = answer.body ? new Uint8Array(await answer.arrayBuffer()) : undefined;
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    'content-length': String(body?.byteLength ?? 0),
    // Or Node would read on, to get to the next request.
    ...(!isWhollyRead(request) && { connection: 'close' }),
  });
  response.end(body);
}

function isWhollyRead(request: NodeRequest): boolean {
  return request.readableEnded === true || !hasBody(request);
}

function hasBody({ method = 'GET' }: NodeRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function webhookBody(request: NodeRequest): WebhookBody {
  const chunks = bodyChunks(request)[Symbol.asyncIterator]();
  return {
    getReader: () => ({
      read: () => chunks.next(),
      // To return from this iterator would break the connection before there is an answer.
      cancel: () => Promise.resolve(),
    }),
  };
}

function bodyStream(request: NodeRequest): ReadableStream<Uint8Array> {
  const chunks = bodyChunks(request)[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      // No `cancel`: to return from this iterator would break the connection before there is an answer.
    },
    // Nothing is read before somebody asks.
    { highWaterMark: 0 },
  );
}

function bodyChunks(request: NodeRequest): AsyncIterable<Uint8Array> {
  const { rawBody, body, readableDidRead, readableEnded, readableEncoding } = request;
  const kept = bytesOf(rawBody) ?? bytesOf(body);
  if (kept) return once(kept);
  if (!readableDidRead && !readableEnded && !readableEncoding) return request;
  throw new TypingError({
    code: 'misconfigured',
    reason:
      'a body parser, or setEncoding, has turned the body of a webhook into something else and has not kept its bytes',
    advice:
      "A signature is over the bytes as they came: put the webhook before express.json(), or use express.raw({ type: '*/*' }) for its path.",
  });
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  return value instanceof Uint8Array ? value : undefined;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
