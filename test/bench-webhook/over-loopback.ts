import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { linqWebhook, toNodeHandler } from '@typingkit/linq/webhook';
import { startWorker } from '../bench/worker-process.ts';
import { settledMemory } from '../bench-sessions/memory.ts';
import { processorTime } from '../bench-sessions/processor-time.ts';
import { floorListener } from './floor.ts';
import type { SendTask, Sent } from './client-process.ts';

/**
 * Who answers. `empty`, without typingkit, reads the body and says 200, which is what HTTP costs; `floor` does by hand what a
 * webhook promises.
 */
export type Server = 'webhook' | 'wrapped' | 'floor' | 'empty';

/**
 * What the process of a server needed after the first tenth of the events, which come over real HTTP from a process of
 * their own.
 */
export interface OverLoopback {
  readonly events: number;
  readonly perSecond: number;
  readonly mainMicros: number;
  /** Of all threads: those that compile and collect garbage, too. */
  readonly wholeMicros: number;
  /** How much the heap grew, in bytes: of all events together. */
  readonly grownBytes: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

const connections = 32;
const secret = `whsec_${randomBytes(32).toString('base64')}`;
let taken = 0;
const receive = linqWebhook({ secret, onTyping: () => void (taken += 1) });
const listeners: Readonly<Record<Server, RequestListener>> = {
  webhook: toNodeHandler(receive),
  wrapped: toNodeHandler((request) => receive(request)),
  floor: floorListener(secret, () => void (taken += 1)),
  empty(request, response) {
    request.resume().once('end', () => response.end());
  },
};

// The parent passes what its types say.
const [name, count] = process.argv.slice(2) as [Server, string];
const result = await measure(listeners[name], Number(count));
if (name !== 'empty' && taken !== result.events)
  throw new Error(`${taken} of ${count} events were taken.`);
process.stdout.write(JSON.stringify(result));

async function measure(listener: RequestListener, events: number): Promise<OverLoopback> {
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
    events,
    perSecond: served / (wallMicros / 1e6),
    mainMicros: mainMicros / served,
    wholeMicros: wholeMicros / served,
    grownBytes: after.heapBytes - before.heapBytes,
    heapBytes: after.heapBytes,
    residentBytes: after.residentBytes,
  };
}
