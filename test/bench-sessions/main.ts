import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { kinds } from './deadlines.ts';
import type { Section } from './figure.ts';
import type { InSequence } from './in-sequence.ts';
import type { ManySessions } from './many-sessions.ts';
import type { ManyTimers } from './many-timers.ts';
import type { OneTurn } from './one-turn.ts';
import type { OverHttp } from './over-http.ts';
import { markdownReport, printedReport } from './report.ts';
import { runChild } from './run-child.ts';
import {
  inSequenceSection,
  oneTurnSection,
  overHttpSection,
  sessionsSection,
  timersSection,
} from './sections.ts';
import { surroundings } from './surroundings.ts';

const usage = `Usage: pnpm bench:sessions [--quick] [--json]

Measures what sessions cost, and writes docs/benchmarks-sessions.md.

  --quick  10,000 and 100,000 sessions only, and writes nothing
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
  const sizes = quick ? [10_000, 100_000] : [100_000, 1_000_000];
  const timerSizes = quick ? [100_000] : sizes;
  const sections: Section[] = [];
  const measured: unknown[] = [];
  const add = async <Result>(result: Promise<Result>, section: (of: Result) => Section) => {
    measured.push(await result);
    sections.push(section(await result));
    if (!json) process.stdout.write(`${printedReport(sections.slice(-1))}\n`);
  };

  for (const size of sizes) {
    await add(runChild<ManySessions>('./many-sessions.ts', [size]), sessionsSection);
  }
  await add(runChild<OneTurn>('./one-turn.ts', [100_000]), oneTurnSection);
  const inSequence = runChild<InSequence>('./in-sequence.ts', [quick ? 100_000 : 1_000_000]);
  await add(inSequence, inSequenceSection);
  await add(measureTimers(timerSizes), timersSection);
  await add(runChild<OverHttp>('./over-http.ts', [quick ? 1_000 : 10_000]), overHttpSection);

  if (json) process.stdout.write(`${JSON.stringify({ where, measured }, null, 2)}\n`);
  if (!quick) {
    const page = new URL('../../docs/benchmarks-sessions.md', import.meta.url);
    writeFileSync(page, markdownReport(where, sections));
  }
  const misses = sections
    .flatMap(({ figures }) => figures)
    .filter(({ verdict }) => verdict === 'miss');
  if (misses.length > 0) process.exitCode = 1;
}

async function measureTimers(sizes: readonly number[]): Promise<ManyTimers[]> {
  const measured: ManyTimers[] = [];
  for (const size of sizes) {
    for (const kind of kinds) {
      measured.push(await runChild<ManyTimers>('./many-timers.ts', [kind, size]));
    }
  }
  return measured;
}
