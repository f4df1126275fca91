import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A vendor on loopback that accepts everything and remembers what was asked. */
export interface LoopbackVendor extends AsyncDisposable {
  readonly baseUrl: string;
  readonly requests: readonly string[];
}

export async function startLoopbackVendor(): Promise<LoopbackVendor> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // On a TCP port the address is never a string.
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
