import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { selfSignedCertificate } from '../../packages/core/test/undici/self-signed-certificate.ts';

/** Both vendors, as fast as Node can, in a process of their own. It talks to its parent over IPC. */
export interface Listening {
  readonly plain: string;
  readonly tls: string;
  readonly tlsH2: string;
  /** What both of them show. */
  readonly certificate: string;
}

/** What has arrived since the question before. */
export interface Counts {
  readonly requests: number;
  readonly sockets: number;
}

const traceId = '2eff5df5c6f688733c007523c4d61cd9';
const accepted = JSON.stringify({
  success: true,
  accountId: 'acc_12345',
  message: 'Typing indicator sent',
});

let counts = { requests: 0, sockets: 0 };

/** As both vendors do, without looking at more than they need. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  counts.requests += 1;
  request.resume();
  if (request.url?.startsWith('/v3/chats/')) {
    response.writeHead(204, { 'x-trace-id': traceId });
    response.end();
  } else {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(accepted);
  }
}

type Http2Listener = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

const certificate = selfSignedCertificate();
const servers = {
  plain: createServer(answer),
  tls: createTlsServer(certificate, answer),
  // Of both sides `answer` uses no more than HTTP/2 has in common with HTTP/1.1.
  tlsH2: createSecureServer(certificate, answer as unknown as Http2Listener),
};
// A client that waits for its next turn keeps its connections.
servers.plain.keepAliveTimeout = 300_000;
servers.tls.keepAliveTimeout = 300_000;

const origins = await Promise.all(
  Object.entries(servers).map(async ([name, server]) => {
    server.on('connection', () => {
      counts.sockets += 1;
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return [name, `${name === 'plain' ? 'http' : 'https'}://127.0.0.1:${port}`] as const;
  }),
);

process.on('message', () => {
  process.send?.(counts);
  counts = { requests: 0, sockets: 0 };
});
process.on('disconnect', () => process.exit());
process.send?.({ ...Object.fromEntries(origins), certificate: certificate.cert });
