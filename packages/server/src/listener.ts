import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { Problem, type ProblemDocument } from './problems/problem.ts';

/** A port that is listened on. */
export interface Listener {
  /** Where: `http://127.0.0.1:4020`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, and waits a little for the answers that are under way. */
  close(): Promise<void>;
}

/** How long a request may take to arrive, in milliseconds: its headers, and all of it. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
/** How long a connection may be silent; a stream of events says something every 15 seconds. */
const silenceMs = 90_000;
/** Longer than the usual pools of clients keep a connection. */
const keepAliveMs = 65_000;
const mostConnections = 10_000;
/** How long answers that are under way may take when the server closes. */
const lastAnswersMs = 1_000;

/** Listens. @throws the system's error, where the port is taken. */
export async function listenOn(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
  host: string,
): Promise<Listener> {
  const server = createServer({
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: 5_000,
  });
  server.timeout = silenceMs;
  server.maxConnections = mostConnections;
  // By default the adapter swaps the global Request and Response, here those of whoever embeds it.
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing));
  server.on('clientError', refuseUnreadable);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // A server that listens on a port of TCP has an address object; a string is for pipes.
  const { address, port: taken } = server.address() as AddressInfo;
  const name = address.includes(':') ? `[${address}]` : address;
  return { url: `http://${name}:${taken}`, port: taken, close: () => stopListening(server) };
}

async function stopListening(server: Server): Promise<void> {
  const isClosed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), lastAnswersMs);
  await isClosed;
  clearTimeout(timer);
}

/** What Node itself refuses: it is no HTTP, its headers are too large, or it takes too long to arrive. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { document } = new Problem(
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? 'request-timeout'
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? 'headers-too-large'
        : 'invalid-request',
  );
  socket.end(rawAnswer(document));
}

function rawAnswer(document: ProblemDocument): string {
  const body = `${JSON.stringify(document)}\n`;
  return [
    `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status] ?? ''}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
