import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runChild } from '../bench-sessions/run-child.ts';
import { surroundings } from '../bench-sessions/surroundings.ts';
import type { HandlerCalls } from './handler-calls.ts';
import type { OverLoopback, Server } from './over-loopback.ts';
import { markdownReport, printedReport } from './report.ts';

const usage = `Usage: pnpm bench:webhook [--quick]

Measures what a webhook of Linq costs, and writes docs/benchmarks-webhook.md.

  --quick  a tenth of the events, and writes nothing
`;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) process.stdout.write(usage);
else await measureAll(options.quick);

async function measureAll(quick: boolean): Promise<void> {
  const where = surroundings();
  const events = quick ? 100_000 : 1_000_000;
  const calls = await runChild<HandlerCalls>('../bench-webhook/handler-calls.ts', [events]);
  const loopback = {
    webhook: await overLoopback('webhook', events),
    wrapped: await overLoopback('wrapped', events / 5),
    empty: await overLoopback('empty', events / 5),
  };
  process.stdout.write(printedReport(calls, loopback));
  if (quick) return;
  const page = new URL('../../docs/benchmarks-webhook.md', import.meta.url);
  writeFileSync(page, markdownReport(where, calls, loopback));
}

function overLoopback(server: Server, events: number): Promise<OverLoopback> {
  return runChild('../bench-webhook/over-loopback.ts', [server, events]);
}
