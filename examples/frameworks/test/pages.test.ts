import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { codeBlocks } from '../../../test/code-blocks/find-blocks.ts';
import { root, textFiles } from '../../../test/repository/workspace.ts';

const run = promisify(execFile);
const shown = textFiles()
  .filter(({ path }) => /^docs\/frameworks\/.+\.md$/.test(path))
  .flatMap(codeBlocks)
  .map(({ shows }) => shows);
const programs = ['examples/frameworks/src', 'examples/tenants/src'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
);

// That the page shows it as it is, test/documentation.test.ts sees to.
test.for(programs)('%s is under 60 lines, and a page shows it', (path) => {
  expect(readFileSync(join(root, path), 'utf8').trimEnd().split('\n').length).toBeLessThan(60);
  expect(shown).toContain(path);
});

test('the programs and their tests compile', { timeout: 300_000 }, async () => {
  const tsc = join(root, 'node_modules/.bin/tsc');
  const { stdout } = await run(tsc, ['-p', 'examples/frameworks', '--pretty', 'false'], {
    cwd: root,
  });
  expect(stdout).toBe('');
});
