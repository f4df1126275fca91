import { createTyping } from '@typingkit/core';
import { startServer } from '@typingkit/server';
import { percentile } from './percentile.ts';
import { idleProvider } from './idle-provider.ts';

/** What the server saw since it was asked last. */
export interface ServerFigures {
  readonly alive: number;
  readonly starts: number;
  readonly stops: number;
  readonly latenessMs: { readonly median: number; readonly p99: number };
  readonly megabytes: number;
  /** Of one processor, from 0 to 1. */
  readonly processorShare: number;
}

const provider = idleProvider();
const typing = createTyping({ channels: { chat: provider }, onEvent: () => {} });
const server = await startServer({ typing, mostSessions: 200_000 });
let lateness: number[] = [];
let since = { processor: process.cpuUsage(), atMs: performance.now() };
typing.observe((event) => {
  if (event.type === 'refreshed') lateness.push(event.lateByMs);
});

process.on('message', () => {
  const { user, system } = process.cpuUsage(since.processor);
  const sorted = lateness.toSorted((one, other) => one - other);
  const figures: ServerFigures = {
    alive: typing.sessions().length,
    ...provider.counts,
    latenessMs: { median: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) },
    megabytes: process.memoryUsage().rss / 1_000_000,
    processorShare: (user + system) / 1_000 / (performance.now() - since.atMs),
  };
  lateness = [];
  since = { processor: process.cpuUsage(), atMs: performance.now() };
  process.send?.(figures);
});
process.on('disconnect', () => void server.close());
process.send?.({ url: server.url });
