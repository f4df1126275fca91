import { stripVTControlCharacters, styleText } from 'node:util';
import { markdownPage, type Table } from '../bench-report/markdown-page.ts';
import { type Figure, type Section, verdictColors } from './figure.ts';
import type { Surroundings } from './surroundings.ts';

/** What the figures mean: the same words on the screen and in the documentation. */
const method: readonly string[] = [
  'Every section runs in a fresh process. The provider answers in a microtask and shares one receipt, the cadence is 4 s, jittered up to a tenth earlier, and all caps are at their defaults. A warm-up of 5,000 sessions comes first.',
  '**Open** is measured on the main thread from the call of `keep()` until the first start has been answered, without the event loop between two batches of a thousand. The target applies to processor time, because the clock also counts other processes.',
  '**Heap** is the growth of the heap, after a forced collection, from before the first session until all had refreshed. It includes everything the engine holds: sessions, indicators, the map of conversations, the wheel. It excludes the strings of targets and keys and the array of sessions, which belong to the benchmark. RSS is the whole process, including all of that.',
  '**Refresh** is `process.cpuUsage` of all threads over 10 s, minus the cost of the same process before it held a session, divided by the starts that the provider saw. Part of it is the cost of waking up, whatever the work: on a processor that wakes with cold caches, this is far more than the timer itself. It is measured with an empty timer, shown separately, and not subtracted.',
  '**Later than its due time** compares each start with its planned moment. The jitter comes from the benchmark, which passes its own `random`, so that moment is known.',
  '**Event-loop delay** is `monitorEventLoopDelay` with a resolution of 1 ms. It counts that millisecond, so it never shows less than about 1.1 ms, and one long stall is one sample: look also at the maximum. It is measured separately from the processor time, because it wakes the process a thousand times a second.',
  'A target missed by up to 15 % counts as *close*; beyond that the command exits with code 1. *Peer* is the best of the other engines that we measured, at 100,000 conversations.',
];

export function printedReport(sections: readonly Section[]): string {
  return sections.map(printedSection).join('\n');
}

function printedSection({ title, figures }: Section): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  const lines = figures.map(({ name, value, target, peer, verdict }) => {
    const against = [target && `target ${target}`, peer && `peer ${peer}`].filter(Boolean);
    const words = against.length > 0 ? `  (${against.join(', ')})` : '';
    return `  ${name.padEnd(width)}  ${value}${words}${verdict ? `  ${styleText(verdictColors[verdict], verdict)}` : ''}`;
  });
  return [styleText('bold', stripVTControlCharacters(title)), ...lines, ''].join('\n');
}

export function markdownReport(where: Surroundings, sections: readonly Section[]): string {
  return markdownPage(
    {
      title: 'What sessions cost',
      command: 'pnpm bench:sessions',
      subject: 'the engine',
      tables: sections.map(tableOf),
      method,
    },
    where,
  );
}

function tableOf({ title, figures, notes }: Section): Table {
  const isJudged = figures.some(({ verdict }) => verdict);
  const header = isJudged ? ['', 'Measured', 'Target', 'Peer', ''] : ['', 'Measured'];
  const cellsOf = ({ name, value, target, peer, verdict }: Figure): string[] =>
    isJudged ? [name, value, target, peer, verdict ?? ''] : [name, value];
  return { title, header, rows: figures.map(cellsOf), notes };
}
