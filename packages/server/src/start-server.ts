import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { serverApp } from './app.ts';
import type { Answer } from './endpoints/endpoint.ts';
import { allEndpoints } from './endpoints/endpoints.ts';
import { EventLog } from './events/event-log.ts';
import { Tokens } from './guards/tokens.ts';
import { Problem, type ProblemDocument } from './problems/problem.ts';
import type { AnyTyping } from './served-typing.ts';
import { type ServerOptions, settingsFrom } from './server-options.ts';
import { IdempotencyKeys } from './sessions/idempotency-keys.ts';
import { Masks } from './sessions/masks.ts';
import { SessionDesk } from './sessions/session-desk.ts';

/** A server that runs. */
export interface TypingServer extends AsyncDisposable {
  /** Where it listens: `http://127.0.0.1:4020`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /**
   * Refuses new requests, clears every indicator that is up, closes the `Typing`, and stops listening. Can be called twice.
   * Never rejects.
   */
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

/**
 * Serves a `Typing` over HTTP, for bots in any language. Without a token it listens on this machine only.
 *
 * @throws TypingError `misconfigured`, where an option is invalid; or rejects with the system's error, where the port is taken.
 */
export async function startServer<Targets extends object>(
  options: ServerOptions<Targets>,
): Promise<TypingServer> {
  const settings = settingsFrom(options);
  // Channels and targets come from requests, and are checked by the `Typing` itself.
  const typing = options.typing as unknown as AnyTyping;
  const desk = new SessionDesk(typing, settings);
  const events = new EventLog((listener) => typing.observe(listener));
  const closing = new AbortController();
  const served = {
    typing,
    channels: settings.channels,
    desk,
    events,
    keys: new IdempotencyKeys<Answer>(),
    masks: new Masks(),
    clock: settings.clock,
    closing: closing.signal,
  };
  const tokens = new Tokens(settings.tokens);
  const { onInternalError } = settings;
  const app = serverApp({ served, endpoints: allEndpoints, tokens, onInternalError });
  const server = createServer({
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: 5_000,
  });
  server.timeout = silenceMs;
  server.maxConnections = mostConnections;
  // By default the adapter swaps the global Request and Response, here those of whoever embeds it.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing));
  server.on('clientError', refuseUnreadable);

  const { address, port } = await listen(server, settings.port, settings.host);
  const name = address.includes(':') ? `[${address}]` : address;
  let closed: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    closing.abort();
    await typing.close({ deadlineMs: settings.closeMs }).catch(onInternalError);
    desk.close();
    events.close();
    await stopListening(server);
  }

  const close = (): Promise<void> => (closed ??= closeAll());
  return { url: `http://${name}:${port}`, port, close, [Symbol.asyncDispose]: close };
}

async function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // A server that listens on a port of TCP has an address object; a string is for pipes.
  return server.address() as AddressInfo;
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
