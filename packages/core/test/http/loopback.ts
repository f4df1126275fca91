import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server on the loopback interface for the length of one test. */
export interface Loopback {
  readonly origin: string;
  /** Resolves when a connection that was open has been closed. */
  readonly connectionClosed: Promise<void>;
  /** Listens no longer. */
  close(): Promise<void>;
}

/** Serves HTTP. */
export function serveHttp(listener: RequestListener): Promise<Loopback> {
  return listen(createServer(listener));
}

/** Serves whatever bytes `talk` writes: what no HTTP server would answer. */
export function serveBytes(talk: (socket: Socket) => void): Promise<Loopback> {
  return listen(
    createTcpServer((socket) => {
      socket.on('error', () => {});
      talk(socket);
    }),
  );
}

async function listen(server: Server): Promise<Loopback> {
  const sockets = new Set<Socket>();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => resolve());
  });
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => {
      server.close(done);
    });
  };
  onTestFinished(close);
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { origin: `http://127.0.0.1:${address.port}`, connectionClosed: promise, close };
}
