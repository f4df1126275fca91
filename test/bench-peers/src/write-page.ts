import { writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import type { Comparison } from './define-scenario.ts';
import { columns, describeComparison } from './describe-comparison.ts';

const page = new URL('../../../docs/benchmarks-peers.md', import.meta.url);

/** Writes docs/benchmarks-peers.md anew. */
export async function writePage(comparisons: readonly Comparison[], date: Date): Promise<void> {
  const versions = new Set(comparisons.flatMap(({ peer }) => peer.versions));
  const rows = [columns, columns.map(() => '---'), ...comparisons.map(describeComparison)];
  const table = rows.map((row) => `| ${row.map(escapeBars).join(' | ')} |`).join('\n');
  await writeFile(
    page,
    `# The same scenarios on others and on typingkit

Written by \`pnpm bench:peers\`; [its folder](../test/bench-peers/README.md) says how to read it. The promises are those of
[Sessions](sessions.md#what-is-promised).

- date: ${date.toISOString().slice(0, 10)}
- Node.js: ${process.versions.node} on ${platform()} ${arch()}
- peers: ${[...versions].join(', ')}
- typingkit: the packages of this repository

${table}
`,
  );
}

function escapeBars(cell: string): string {
  return cell.replaceAll('|', String.raw`\|`);
}
