import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundlePackage } from './bundle-package.ts';
import { packageFolders, privateFolders } from './package-folders.ts';
import { pnpmCommand } from './pnpm-command.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * Builds every package from nothing and packs it as it would be published.
 *
 * The work happens in a copy: the build of a developer, with what it may still hold of deleted files, is neither used
 * nor touched.
 *
 * @returns the paths of the tarballs, in `into`.
 */
export async function packPackages(into: string): Promise<string[]> {
  const copy = await mkdtemp(join(tmpdir(), 'typingkit-pack-'));
  try {
    await copyWorkspace(copy);
    const projects = packageFolders().map((folder) => join('packages', folder));
    await runThere(copy, join(root, 'node_modules/.bin/tsc'), ['-b', ...projects]);
    for (const project of projects) await bundlePackage(join(copy, project));
    // A page has no types: Vite builds it into the same `dist`.
    for (const project of ['playground', 'server'])
      await runThere(copy, process.execPath, [`packages/${project}/scripts/build-page.ts`]);
    const [pnpm, ...first] = pnpmCommand();
    const published = projects.flatMap((project) => ['--filter', `./${project}`]);
    const pack = ['--recursive', ...published, 'pack', '--pack-destination', into];
    await runThere(copy, pnpm, [...first, ...pack]);
  } finally {
    await rm(copy, { recursive: true });
  }
  const files = await readdir(into);
  return files.filter((file) => file.endsWith('.tgz')).map((file) => join(into, file));
}

async function copyWorkspace(copy: string): Promise<void> {
  for (const file of ['package.json', 'pnpm-workspace.yaml', 'tsconfig.base.json', 'LICENSE'])
    await cp(join(root, file), join(copy, file));
  for (const folder of [...packageFolders(), ...privateFolders()])
    await cp(join(root, 'packages', folder), join(copy, 'packages', folder), {
      recursive: true,
      // So that a package finds the copies of its neighbours; everything else leads through the link below.
      verbatimSymlinks: true,
      filter: (path) => !['dist', 'test'].includes(basename(path)),
    });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
}

async function runThere(folder: string, command: string, args: string[]): Promise<void> {
  try {
    await run(command, args, { cwd: folder, maxBuffer: 2 ** 26 });
  } catch (error) {
    // The compiler complains on stdout, which is not part of the error's message.
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    // oxlint-disable-next-line preserve-caught-error -- the cause would say the same again, at length.
    throw new Error(`${basename(command)} ${args.join(' ')}\n${stdout}${stderr}`);
  }
}
