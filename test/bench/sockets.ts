import type { SocketsTask } from './sockets-process.ts';
import { type Transport, transports } from './transports.ts';
import type { Counts, Listening } from './vendor-server.ts';
import { startWorker, type WorkerProcess } from './worker-process.ts';

/** How many connections many refreshes need over TLS. */
export interface Sockets {
  readonly transport: Transport;
  readonly calls: number;
  readonly inFlight: number;
  readonly sockets: number;
  readonly cpuMicros: number;
}

const calls = 10_000;
const inFlight = 1_000;

export async function countSockets(
  { tls, tlsH2, certificate }: Listening,
  server: WorkerProcess<string, Counts>,
): Promise<Sockets[]> {
  const counted: Sockets[] = [];
  // The keys of an object literal of this folder.
  for (const transport of Object.keys(transports) as Transport[]) {
    const origin = transport.endsWith('HTTP/2') ? tlsH2 : tls;
    const [, worker] = await startWorker<string, SocketsTask, number>(
      'client',
      './sockets-process.ts',
    );
    await using _ = worker;
    await server.ask('counts');
    const cpuMicros = await worker.ask({ transport, origin, certificate, calls, inFlight });
    const { requests, sockets } = await server.ask('counts');
    if (requests !== calls) throw new Error(`${requests} requests for ${calls} calls.`);
    counted.push({ transport, calls, inFlight, sockets, cpuMicros });
  }
  return counted;
}
