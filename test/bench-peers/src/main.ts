import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installApart } from '../../../scripts/install-apart.ts';
import { columns, describeComparison } from './describe-comparison.ts';
import { runScenarios } from './run-scenarios.ts';
import { scenarios } from './scenarios.ts';
import { textTable } from './text-table.ts';
import { writePage } from './write-page.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

await installApart(fileURLToPath(new URL('..', import.meta.url)));
const comparisons = await runScenarios(scenarios, (title) => console.error(`done: ${title}`));
await writePage(comparisons, new Date());

if (values.json) {
  console.log(JSON.stringify({ node: process.versions.node, comparisons }, undefined, 2));
} else {
  console.log(`\nNode.js ${process.versions.node}\n`);
  console.log(textTable([columns, ...comparisons.map(describeComparison)], [28, 44, 44, 40]));
}
const broken = comparisons.filter(({ typingkit }) => !typingkit.isKept);
for (const { title } of broken) console.error(`typingkit broke its promise: ${title}`);
process.exitCode = broken.length > 0 ? 1 : 0;
