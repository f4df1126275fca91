import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { linqTypingWebhook, toNodeHandler } from '@typingkit/linq/webhook';
import { startWorker } from '../bench/worker-process.ts';
import { settledMemory } from '../bench-sessions/memory.ts';
import { processorTime } from '../bench-sessions/processor-time.ts';
import type { SendTask, Sent } from './client-process.ts';

/** Events over real HTTP: the server in this process, the client in another one. */
export interface OverLoopback {
  readonly events: number;
  readonly connections: number;
  readonly webhook: Served;
  /** A server that reads the body and answers 200: what HTTP costs. */
  readonly empty: Served;
}

/** What the process of the server needed, after the first tenth of the events. */
export interface Served {
  readonly perSecond: number;
  readonly mainMicros: number;
  /** Of all threads: those that compile and collect garbage, too. */
  readonly wholeMicros: number;
  /** How much the heap grew, in bytes: of all events together. */
  readonly grownBytes: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

const count = Number(process.argv[2]);
const connections = 32;
const secret = `whsec_${randomBytes(32).toString('base64')}`;
let taken = 0;
const receive = linqTypingWebhook({ secret, onTyping: () => void (taken += 1) });

const emptyServer: RequestListener = (request, response) => {
  request.resume().once('end', () => response.end());
};
const empty = await measure(emptyServer, count / 5);
const webhook = await measure(toNodeHandler(receive), count);

if (taken !== count) throw new Error(`${taken} of ${count} events were taken.`);
const result: OverLoopback = { events: count, connections, webhook, empty };
process.stdout.write(JSON.stringify(result));

async function measure(listener: RequestListener, events: number): Promise<Served> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  const [, worker] = await startWorker<string, SendTask, Sent>(
    'client',
    '../bench-webhook/client-process.ts',
    [String(address.port), String(connections), secret],
  );
  await using client = worker;
  const tenth = Math.floor(events / 10);
  await client.ask({ from: 0, to: tenth });
  const before = await settledMemory();
  const read = processorTime();
  const { wallMicros } = await client.ask({ from: tenth, to: events });
  // The process waits while the client makes and signs events, so all of this is of the requests.
  const { mainMicros, wholeMicros } = read();
  const after = await settledMemory();
  server.close();
  const served = events - tenth;
  return {
    perSecond: served / (wallMicros / 1e6),
    mainMicros: mainMicros / served,
    wholeMicros: wholeMicros / served,
    grownBytes: after.heapBytes - before.heapBytes,
    heapBytes: after.heapBytes,
    residentBytes: after.residentBytes,
  };
}
