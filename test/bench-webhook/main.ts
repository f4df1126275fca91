import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runChild } from '../bench-sessions/run-child.ts';
import { surroundings } from '../bench-sessions/surroundings.ts';
import type { HandlerCalls } from './handler-calls.ts';
import type { OverLoopback, Server } from './over-loopback.ts';
import {
  type Bounds,
  isMet,
  type Loopback,
  markdownReport,
  printedReport,
  ratio,
} from './report.ts';

const usage = `Usage: pnpm bench:webhook [--quick]

Measures what a webhook of Linq costs, and writes docs/benchmarks-webhook.md.

  --quick  a tenth of the events, and writes nothing

Exits with 1 where the webhook needs more than twice the processor of a server without it, and more than 1.4 × that of
one that does by hand what a webhook promises.
`;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const bounds: Bounds = { timesEmpty: 2, timesFloor: 1.4 };

if (options.help) process.stdout.write(usage);
else await measureAll(options.quick);

async function measureAll(quick: boolean): Promise<void> {
  const where = surroundings();
  const events = quick ? 100_000 : 400_000;
  const calls = await runChild<HandlerCalls>('../bench-webhook/handler-calls.ts', [events]);
  // In turns, because what else the machine does changes while it is measured.
  const rounds: Loopback[] = [];
  for (let round = 0; round < 3; round += 1) {
    rounds.push({
      webhook: await overLoopback('webhook', events / 4),
      floor: await overLoopback('floor', events / 4),
      empty: await overLoopback('empty', events / 4),
    });
  }
  // The one in the middle: a neighbour disturbs one of them more than the other.
  const { webhook, floor, empty } =
    rounds.toSorted((one, other) => ratio(one) - ratio(other))[1] ?? never();
  const loopback = { webhook, floor, empty, wrapped: await overLoopback('wrapped', events / 5) };
  process.stdout.write(printedReport(calls, loopback, bounds));
  if (!quick) {
    const page = new URL('../../docs/benchmarks-webhook.md', import.meta.url);
    writeFileSync(page, markdownReport(where, calls, loopback, bounds));
  }
  if (!isMet(loopback, bounds)) process.exitCode = 1;
}

function overLoopback(server: Server, events: number): Promise<OverLoopback> {
  return runChild('../bench-webhook/over-loopback.ts', [server, events]);
}

function never(): never {
  throw new Error('There were no rounds.');
}
