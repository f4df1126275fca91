import { createServer, request as httpRequest, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';

/** A server on loopback. */
export interface Loopback extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
}

export async function listen(listener: RequestListener): Promise<Loopback> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  const { port } = address;
  return {
    port,
    url: `http://127.0.0.1:${port}/linq`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What a server answers to a request of which it gets only what is written: the client never ends it. */
export async function answerToUnended(
  { port }: Loopback,
  headers: Record<string, string>,
  chunks: readonly string[],
): Promise<{ readonly status: number; readonly connection: string | undefined }> {
  const request = httpRequest({ port, host: '127.0.0.1', path: '/linq', method: 'POST', headers });
  request.on('error', () => {});
  request.flushHeaders();
  for (const chunk of chunks) request.write(chunk);
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
  request.destroy();
  return { status: response.statusCode, connection: response.headers.connection };
}

/** Sends what is no proper request, and gives back all that comes. */
export async function answerToBytes({ port }: Loopback, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8').end(bytes);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}
