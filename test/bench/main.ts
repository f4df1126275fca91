import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { surroundings } from '../bench-sessions/surroundings.ts';
import { measureColdStarts } from './cold-start.ts';
import { measureOneCall, type OneCall } from './one-call.ts';
import { markdownReport, printedReport } from './report.ts';
import { countSavedCalls } from './saved-calls.ts';
import { countSockets } from './sockets.ts';
import {
  boundsTable,
  coldStartTable,
  type JudgedTable,
  oneCallTable,
  profileTable,
  savedCallsTable,
  socketsTable,
} from './tables.ts';
import type { Counts, Listening } from './vendor-server.ts';
import { vendors } from './vendors.ts';
import { isPinned, startWorker } from './worker-process.ts';

const usage = `Usage: pnpm bench [--quick] [--json]

Measures what a call costs, beside other clients, and writes docs/benchmarks.md.

  --quick  fewer rounds, and writes nothing
  --json   prints what was measured as JSON
`;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) process.stdout.write(usage);
else await measureAll(options);

async function measureAll({ quick, json }: typeof options): Promise<void> {
  const where = surroundings();
  const tables: JudgedTable[] = [];
  const show = (table: JudgedTable): void => {
    tables.push(table);
    if (!json) process.stdout.write(`${printedReport(table)}\n`);
  };

  const oneCall: OneCall[] = [];
  const [listening, server] = await startWorker<Listening, string, Counts>(
    'server',
    './vendor-server.ts',
  );
  await using _ = server;
  for (const vendor of vendors) {
    const measured = await measureOneCall(vendor, listening, server, quick ? 15 : 45);
    oneCall.push(measured);
    show(oneCallTable(measured));
  }
  show(boundsTable(oneCall));
  for (const measured of oneCall) show(profileTable(measured));
  const savedCalls = await countSavedCalls();
  show(savedCallsTable(savedCalls));
  const sockets = await countSockets(listening, server);
  show(socketsTable(sockets));
  const coldStarts = await measureColdStarts(quick ? 5 : 15);
  show(coldStartTable(coldStarts));

  if (json) {
    const measured = { where, isPinned, oneCall, savedCalls, sockets, coldStarts };
    process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`);
  }
  if (!quick) {
    const page = new URL('../../docs/benchmarks.md', import.meta.url);
    writeFileSync(page, markdownReport(where, tables));
  }
  if (tables.some(({ verdicts }) => verdicts.includes('miss'))) process.exitCode = 1;
}
