import { EventEmitter, once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { WireAnswer } from './provider-facts.ts';

/** How an answer ends: as it should, or never, or in the middle, or only after {@link endlessBytes}. */
type AnswerEnding = 'complete' | 'hangs' | 'breaks' | 'endless';

/** What the vendor does with a request. */
export type VendorBehaviour =
  | 'hang'
  | 'reset'
  | (WireAnswer & { readonly ending?: AnswerEnding | undefined });

/** What the vendor does with each request. */
export type VendorConduct = VendorBehaviour | ((method: string, path: string) => VendorBehaviour);

/** One request that arrived. */
export interface WireRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Settles when the answer was taken whole, or the connection is gone. */
  readonly over: Promise<void>;
  /** Whether the answer was taken whole. */
  readonly answeredWhole: boolean;
}

/** A vendor on loopback that speaks HTTP, well or badly. */
export interface LoopbackVendor {
  readonly origin: string;
  /** The requests that arrived, without those for a credential. */
  readonly requests: readonly WireRequest[];
  /** What it does from now on. */
  behave(conduct: VendorConduct): void;
  /** Settles when the next request has arrived. */
  nextRequest(): Promise<void>;
  /** Settles when what was sent before has arrived. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/** More than the buffers of two sockets hold, so that only a reader who reads on can get it all. */
export const endlessBytes: number = 16 * 1024 * 1024;

const host = '127.0.0.1';
const probePath = '/loopback-vendor/probe';
const silence = Buffer.alloc(64 * 1024, ' ');

/** @param credential answers requests for a credential, or `undefined` for any other. */
export async function openLoopbackVendor(
  credential: (method: string, path: string) => WireAnswer | undefined = () => undefined,
): Promise<LoopbackVendor> {
  const requests: WireRequest[] = [];
  let conduct: VendorConduct = { status: 500 };
  const arrivals = new EventEmitter();

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: path = '' } = request;
    const over = new Promise<void>((resolve) => {
      response.once('close', () => resolve());
    });
    const body = await text(request);
    if (path === probePath) {
      response.end();
      return;
    }
    const token = credential(method, path);
    if (token) {
      await answer(response, token);
      return;
    }
    requests.push({
      method,
      path,
      headers: singleHeaders(request),
      body,
      over,
      get answeredWhole() {
        return response.writableFinished;
      },
    });
    arrivals.emit('request');
    const behaviour = typeof conduct === 'function' ? conduct(method, path) : conduct;
    if (behaviour === 'hang') return;
    if (behaviour === 'reset') request.socket.resetAndDestroy();
    else await answer(response, behaviour);
  };
  const server = createServer((request, response) => {
    // A client that goes away in the middle is what many cases are about.
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;

  return {
    origin: `http://${host}:${port}`,
    requests,
    behave(next) {
      conduct = next;
    },
    async nextRequest() {
      await once(arrivals, 'request');
    },
    async caughtUp() {
      // Twice, because the first may overtake a connection that is just being made.
      for (let round = 0; round < 2; round += 1) {
        const [response] = await once(
          get({ port, host, path: probePath, agent: false }),
          'response',
        );
        await text(response);
      }
    },
    async close() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(
  response: ServerResponse,
  { status, headers = {}, json, body, ending = 'complete' }: Exclude<VendorBehaviour, string>,
): Promise<void> {
  const content = json === undefined ? (body ?? '') : JSON.stringify(json);
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, ...headers });
  if (ending === 'complete') {
    response.end(content);
    return;
  }
  response.flushHeaders();
  await new Promise<void>((resolve) => {
    response.write(content || ' ', () => resolve());
  });
  // The end of the stream comes behind what was written; a reset could overtake it.
  if (ending === 'breaks') response.destroy();
  if (ending === 'endless') await pour(response);
}

async function pour(response: ServerResponse): Promise<void> {
  const gone = once(response, 'close');
  for (let bytes = 0; bytes < endlessBytes && !response.destroyed; bytes += silence.byteLength) {
    if (!response.write(silence)) await Promise.race([once(response, 'drain'), gone]);
  }
  if (!response.destroyed) response.end();
}

function singleHeaders(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(entries);
}
