import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { manifestFrom } from './manifest-template.ts';
import { packageFolders } from './package-folders.ts';

// Makes every manifest what the template says, or with `--check` only tells which is not.
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
for (const folder of packageFolders()) {
  const path = fileURLToPath(new URL(`../packages/${folder}/package.json`, import.meta.url));
  const before = readFileSync(path, 'utf8');
  const after = `${JSON.stringify(manifestFrom(folder, JSON.parse(before)), null, 2)}\n`;
  if (after === before) continue;
  if (!values.check) writeFileSync(path, after);
  else
    console.error(
      `packages/${folder}/package.json is not as the template says: run pnpm manifests`,
    );
  if (values.check) process.exitCode = 1;
}
