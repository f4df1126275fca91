import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Linq on loopback, as far as a start goes. */
export interface Vendor extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>;
  /** What was asked since the last look. */
  readonly requests: () => string[];
}

export const chatId = '550e8400-e29b-41d4-a716-446655440000';
export const startRequest = `POST /v3/chats/${chatId}/typing Bearer lk_secret`;

export async function listen(): Promise<Vendor> {
  const requests: string[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    requests.push(`${method} ${url} ${headers.authorization}`);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    environment: { LINQ_API_KEY: 'lk_secret', LINQ_API_BASE_URL: `http://127.0.0.1:${port}` },
    requests: () => requests.splice(0),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
