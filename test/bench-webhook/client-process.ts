import { performance } from 'node:perf_hooks';
import { openSender } from './sender.ts';
import { signedEvents } from './signed-events.ts';

/** Which events to send: they are numbered. */
export interface SendTask {
  readonly from: number;
  readonly to: number;
}

/** That all of them were answered with 200. */
export interface Sent {
  /** From requests to answers, without the time in which the events were made and signed. */
  readonly wallMicros: number;
}

const [port, connections, secret = ''] = process.argv.slice(2);
const senders = Array.from({ length: Number(connections) }, () => openSender(Number(port)));
const batch = 10_000;

process.on('message', (task: SendTask) => {
  void send(task).then((sent) => process.send?.(sent));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function send({ from, to }: SendTask): Promise<Sent> {
  let wallMicros = 0;
  for (let index = from; index < to; index += batch) {
    const events = signedEvents(secret, Math.min(batch, to - index), index);
    const began = performance.now();
    await Promise.all(senders.map((sender) => sender.sendAll(events)));
    wallMicros += (performance.now() - began) * 1_000;
  }
  return { wallMicros };
}
