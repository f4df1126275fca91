import { randomBytes } from 'node:crypto';
import { linqWebhook } from '@typingkit/linq/webhook';
import { settledMemory } from '../bench-sessions/memory.ts';
import { processorTime } from '../bench-sessions/processor-time.ts';
import { signedEvents } from './signed-events.ts';

/** What the handler costs when it is called, without a server and without a client. */
export interface HandlerCalls {
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly mainMicros: number;
  /** How much the heap grew after the first tenth, in bytes: of all events together. */
  readonly grownBytes: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

const count = Number(process.argv[2]);
const batch = 500;
const secret = `whsec_${randomBytes(32).toString('base64')}`;
let taken = 0;
const receive = linqWebhook({ secret, onTyping: () => void (taken += 1) });

const tenth = Math.floor(count / 10);
await handle(0, tenth);
const before = await settledMemory();
const { mainMicros, wallMicros } = await handle(tenth, count);
const after = await settledMemory();

if (taken !== count) throw new Error(`${taken} of ${count} events were taken.`);
const handled = count - tenth;
const result: HandlerCalls = {
  events: count,
  eventsPerSecond: handled / (wallMicros / 1e6),
  mainMicros: mainMicros / handled,
  grownBytes: after.heapBytes - before.heapBytes,
  heapBytes: after.heapBytes,
  residentBytes: after.residentBytes,
};
process.stdout.write(JSON.stringify(result));

/** Counts what the handler does, and not that the events are made and signed before. */
async function handle(
  from: number,
  to: number,
): Promise<{ mainMicros: number; wallMicros: number }> {
  const sum = { mainMicros: 0, wallMicros: 0 };
  for (let index = from; index < to; index += batch) {
    const events = signedEvents(secret, Math.min(batch, to - index), index);
    const read = processorTime();
    const answers = await Promise.all(
      events.map(({ headers, body }) =>
        receive(new Request('http://bot.example/linq', { method: 'POST', headers, body })),
      ),
    );
    const spent = read();
    sum.mainMicros += spent.mainMicros;
    sum.wallMicros += spent.wallMicros;
    if (answers.some(({ status }) => status !== 200)) throw new Error('An event was refused.');
  }
  return sum;
}
