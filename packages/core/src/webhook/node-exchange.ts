import { TypingError } from '../contract/typing-error.ts';
import {
  type BodyProblem,
  joined,
  type PlainAnswer,
  type WebhookRequest,
} from './webhook-request.ts';

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
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  pause(): unknown;
}

/** As much of Node's `ServerResponse`, or of Express' `Response`, as is asked for. */
export interface NodeResponse {
  readonly writableEnded: boolean;
  readonly headersSent: boolean;
  statusCode: number;
  once(event: 'close', listener: () => void): unknown;
  setHeader(name: string, value: string): unknown;
  end(body?: Uint8Array | string): unknown;
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
export function plainRequest(request: NodeRequest): WebhookRequest {
  const { method = 'GET', headers } = request;
  const kept = hasBody(request) ? keptBytes(request) : undefined;
  return {
    method,
    get url() {
      return new URL(addressOf(request));
    },
    header(name) {
      const value = headers[name];
      return value === undefined ? null : String(value);
    },
    body(maxBytes, timeoutMs) {
      if (Number(headers['content-length'] ?? 0) > maxBytes || (kept && kept.length > maxBytes))
        return Promise.resolve('too-large');
      return kept ? Promise.resolve(kept) : readBody(request, maxBytes, timeoutMs);
    },
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
  answer: PlainAnswer | Response,
  request: NodeRequest,
  response: NodeResponse,
): Promise<void> {
  const isResponse = answer instanceof Response;
  const body = isResponse ? await bodyOf(answer) : answer.sentence && `${answer.sentence}\n`;
  response.statusCode = answer.status;
  if (isResponse) for (const [name, value] of answer.headers) response.setHeader(name, value);
  else if (body) response.setHeader('content-type', 'text/plain;charset=UTF-8');
  if (!isResponse && answer.allow !== undefined) response.setHeader('allow', answer.allow);
  // Or Node would read on, to get to the next request.
  if (!isWhollyRead(request)) response.setHeader('connection', 'close');
  // Node counts what is sent at once.
  if (body) response.end(body);
  else response.end();
}

async function bodyOf(answer: Response): Promise<Uint8Array | undefined> {
  return answer.body ? new Uint8Array(await answer.arrayBuffer()) : undefined;
}

function isWhollyRead(request: NodeRequest): boolean {
  return request.readableEnded === true || !hasBody(request);
}

function hasBody({ method = 'GET' }: NodeRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** All that comes, or no more than is allowed. The connection stays whole, for the answer. */
function readBody(
  request: NodeRequest,
  maxBytes: number,
  timeoutMs: number,
): Promise<Uint8Array | BodyProblem> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    let isSettled = false;
    const settle = (outcome: Uint8Array | BodyProblem): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      if (typeof outcome === 'string') request.pause();
      resolve(outcome);
    };
    const timer = setTimeout(() => settle('too-slow'), timeoutMs);
    request.on('data', (chunk) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) settle('too-large');
      else chunks.push(chunk);
    });
    request.on('end', () => settle(joined(chunks, bytes)));
    // It comes after `end`, too.
    request.on('close', () => settle('broken-off'));
    request.on('error', () => settle('broken-off'));
  });
}

function bodyStream(request: NodeRequest): ReadableStream<Uint8Array> {
  const kept = keptBytes(request);
  const chunks = (kept ? once(kept) : request)[Symbol.asyncIterator]();
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

/** The bytes that somebody has kept; `undefined` where the body is still to be read. */
function keptBytes(request: NodeRequest): Uint8Array | undefined {
  const { rawBody, body, readableDidRead, readableEnded, readableEncoding } = request;
  const kept = bytesOf(rawBody) ?? bytesOf(body);
  if (kept || (!readableDidRead && !readableEnded && !readableEncoding)) return kept;
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
