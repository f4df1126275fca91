import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What stands between a client and a server, and can part them. */
export interface Proxy extends AsyncDisposable {
  /** `xmpp://127.0.0.1:` and its port. */
  readonly service: string;
  /** Whether who connects gets through. */
  isOpen: boolean;
  /** Ends every connection, as a network does that breaks. */
  cut(): void;
}

export async function startProxy(toPort: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const proxy = {
    service: '',
    isOpen: true,
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      proxy.cut();
      server.close();
      await once(server, 'close');
    },
  };
  const server = createServer((near) => {
    if (!proxy.isOpen) {
      near.destroy();
      return;
    }
    const far = connect(toPort, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.once('error', () => other.destroy());
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // On a TCP port the address is never a string.
  const { port } = server.address() as AddressInfo;
  proxy.service = `xmpp://127.0.0.1:${port}`;
  return proxy;
}
