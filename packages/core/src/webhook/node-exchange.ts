import { TypingError } from '../contract/typing-error.ts';
import { type Pending, SharedDeadlines } from './shared-deadlines.ts';
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

/** As much of a request as a webhook asks for, without the cost of a `Request`. */
export class PlainNodeRequest implements WebhookRequest {
  readonly method: string;
  readonly #request: NodeRequest;
  readonly #kept: Uint8Array | undefined;

  /** @throws TypingError `misconfigured`, where the bytes of the body are gone. */
  constructor(request: NodeRequest) {
    this.method = request.method ?? 'GET';
    this.#request = request;
    this.#kept = hasBody(request) ? keptBytes(request) : undefined;
  }

  get url(): URL {
    return new URL(addressOf(this.#request));
  }

  header(name: string): string | null {
    const value = this.#request.headers[name];
    return value === undefined ? null : String(value);
  }

  body(maxBytes: number, timeoutMs: number): Promise<Uint8Array | BodyProblem> {
    const kept = this.#kept;
    const bytes = kept?.byteLength ?? Number(this.header('content-length') ?? 0);
    if (bytes > maxBytes) return Promise.resolve('too-large');
    return kept ? Promise.resolve(kept) : readBody(this.#request, maxBytes, timeoutMs);
  }
}

function addressOf({ url = '/', headers }: NodeRequest): string {
  const host = `http://${String(headers['host'])}`;
  const origin = URL.canParse(host) ? host : 'http://localhost';
  const address = url.startsWith('/') ? `${origin}${url}` : url;
  return URL.canParse(address) ? address : origin;
}

/** Sends the answer, and ends the connection where some of the request was left unread. */
export function sendAnswer(
  answer: PlainAnswer | Response,
  request: NodeRequest,
  response: NodeResponse,
): void | Promise<void> {
  // Or Node would read on, to get to the next request.
  if (!isWhollyRead(request)) response.setHeader('connection', 'close');
  if (answer instanceof Response) return sendResponse(answer, response);
  const { status, sentence, allow } = answer;
  response.statusCode = status;
  if (allow !== undefined) response.setHeader('allow', allow);
  if (sentence) {
    response.setHeader('content-type', 'text/plain;charset=UTF-8');
    response.end(`${sentence}\n`);
  } else {
    response.end();
  }
}

async function sendResponse(answer: Response, response: NodeResponse): Promise<void> {
  const body = answer.body ? new Uint8Array(await answer.arrayBuffer()) : undefined;
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  // Node counts what is sent at once.
  response.end(body);
}

function isWhollyRead(request: NodeRequest): boolean {
  return request.readableEnded === true || !hasBody(request);
}

function hasBody({ method = 'GET' }: NodeRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

const deadlines = new Map<number, SharedDeadlines>();

function deadlinesOf(timeoutMs: number): SharedDeadlines {
  const known = deadlines.get(timeoutMs);
  if (known) return known;
  const made = new SharedDeadlines();
  deadlines.set(timeoutMs, made);
  return made;
}

/** All that comes, or no more than is allowed. The connection stays whole, for the answer. */
function readBody(
  request: NodeRequest,
  maxBytes: number,
  timeoutMs: number,
): Promise<Uint8Array | BodyProblem> {
  return new Promise((resolve) => {
    const deadlinesOfAll = deadlinesOf(timeoutMs);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    let isSettled = false;
    const settle = (outcome: Uint8Array | BodyProblem): void => {
      if (isSettled) return;
      isSettled = true;
      deadlinesOfAll.delete(pending);
      if (typeof outcome === 'string') request.pause();
      resolve(outcome);
    };
    const pending: Pending = {
      dueMs: performance.now() + timeoutMs,
      onLate: () => settle('too-slow'),
    };
    deadlinesOfAll.add(pending);
    request.on('data', (chunk) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) settle('too-large');
      else chunks.push(chunk);
    });
    request.on('end', () => settle(joined(chunks, bytes)));
    const breakOff = (): void => settle('broken-off');
    // It comes after `end`, too.
    request.on('close', breakOff);
    request.on('error', breakOff);
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
      "The signature covers the original bytes: put the webhook before express.json(), or use express.raw({ type: '*/*' }) for its path.",
  });
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  return value instanceof Uint8Array ? value : undefined;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
