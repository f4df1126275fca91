import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestFrom } from '../../../scripts/manifest-template.ts';
import { runCli } from './run-cli.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What only a vendor's documentation can say: nothing else may fail. */
const toFillIn = [
  'has a lifetime that can be',
  'lets a refresh through its own least interval',
  'names its own conversation in every request',
  'refuses every invalid target, before any request',
  'starts with the request that the vendor documents',
  'takes a failure that the vendor documents for unavailable',
];

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'typingkit-new-provider-'));
  // As much of a clone as the command looks for.
  await mkdir(join(directory, 'clone/packages/providers'), { recursive: true });
  await mkdir(join(directory, 'clone/packages/typingkit/src'), { recursive: true });
  await writeFile(join(directory, 'clone/packages/typingkit/src/providers.ts'), '');
  await writeFile(join(directory, 'clone/pnpm-workspace.yaml'), '');
  await cp(join(root, 'tsconfig.base.json'), join(directory, 'clone/tsconfig.base.json'));
  await symlink(join(root, 'packages/core'), join(directory, 'clone/packages/core'));
  await mkdir(join(directory, 'node_modules/@typingkit'), { recursive: true });
  for (const name of ['core', 'testing'])
    await symlink(join(root, 'packages', name), join(directory, 'node_modules/@typingkit', name));
  await symlink(
    join(root, 'packages/testing/node_modules/vitest'),
    join(directory, 'node_modules/vitest'),
  );
});
afterAll(() => rm(directory, { recursive: true }));

/** Runs a program of the repository. */
function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    const file = join(root, 'node_modules', program);
    execFile(process.execPath, [file, ...args], { cwd, maxBuffer: 2 ** 26 }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

/** Core and the suite are sources here, which settings of their own check; what counts is what was written. */
async function typeErrors(args: readonly string[], cwd: string): Promise<string[]> {
  const lines = (await run('typescript/bin/tsc', args, cwd)).split('\n');
  return lines.filter((line) => /^(?:src|test|packages|tsconfig|error)\b/.test(line));
}

async function failedTests(folder: string): Promise<string[]> {
  const report = join(folder, 'report.json');
  await run('vitest/vitest.mjs', ['run', '--reporter=json', `--outputFile=${report}`], folder);
  const { testResults } = JSON.parse(await readFile(report, 'utf8'));
  const tests: { title: string; status: string }[] = testResults.flatMap(
    ({ assertionResults }: { assertionResults: unknown }) => assertionResults,
  );
  expect(tests.filter(({ status }) => status === 'passed').length).toBeGreaterThan(60);
  return tests
    .filter(({ status }) => status !== 'passed')
    .map(({ title }) => title)
    .toSorted();
}

describe('typingkit new-provider', { timeout: 120_000 }, () => {
  it('writes a package of its own, which builds, and whose suite fails where there is something to fill in', async () => {
    const { code, stdout } = await runCli(['new-provider', 'acme'], { directory });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: /written typingkit-acme\n/ });
    const folder = join(directory, 'typingkit-acme');
    // In the workspace core is sources, which a package of its own has outside.
    const compiler = ['-p', 'tsconfig.test.json', '--rootDir', '/'];
    expect(await typeErrors(compiler, folder)).toEqual([]);
    expect(await failedTests(folder)).toEqual(toFillIn);
  });

  it('writes a package of the repository inside a clone of it, also from a folder below', async () => {
    const below = join(directory, 'clone/packages/typingkit/src');
    const args = ['new-provider', 'acme-chat', '--channel', 'imessage', '--vendor', 'Acme "Chat"'];
    const { code, stdout } = await runCli([...args, '--json'], { directory: below });
    expect(code).toBe(0);
    const folder = join(directory, 'clone/packages/providers/acme-chat');
    expect(JSON.parse(stdout)).toMatchObject({ folder: expect.stringContaining('acme-chat') });
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    expect(manifestFrom('providers/acme-chat', manifest)).toEqual(manifest);
    await writeFile(
      join(directory, 'clone/tsconfig.json'),
      JSON.stringify({
        extends: './tsconfig.base.json',
        compilerOptions: { noEmit: true, composite: false },
        include: ['packages/providers/acme-chat'],
      }),
    );
    expect(await typeErrors(['-p', '.'], join(directory, 'clone'))).toEqual([]);
    expect(await failedTests(folder)).toEqual(toFillIn);
  });

  it('marks every place to fill in with a comment', async () => {
    const { stdout } = await runCli(['new-provider', 'pager', '--json'], { directory });
    const { folder, files } = JSON.parse(stdout);
    const marked: string[] = [];
    for (const file of files)
      if (/\/\/ Fill in/.test(await readFile(join(folder, file), 'utf8'))) marked.push(file);
    expect(marked).toEqual([
      'src/pager.ts',
      'src/target.ts',
      'src/error-body.ts',
      'src/pager-channel.ts',
      'test/conformance.test.ts',
    ]);
  });

  it('writes over nothing', async () => {
    await mkdir(join(directory, 'typingkit-taken'));
    await writeFile(join(directory, 'typingkit-taken/notes.txt'), 'mine');
    const { code, stderr } = await runCli(['new-provider', 'taken'], { directory });
    expect(code).toBe(2);
    expect(stderr).toContain('already exists and is not empty');
  });

  it.each(['Acme', 'acme_chat', '../acme', 'acme--chat', '7eleven', 'a', 'delete', '', 'é'])(
    'refuses the name %j',
    async (name) => {
      const { code, stderr } = await runCli(['new-provider', name], { directory });
      expect(code).toBe(2);
      expect(stderr).toContain('lower-case letters');
    },
  );
});
