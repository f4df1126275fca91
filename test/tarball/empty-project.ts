import { execFile } from 'node:child_process';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type PublishedPackage, root } from '../repository/workspace.ts';

const run = promisify(execFile);

/** A folder outside the workspace, with the tarballs installed in it. */
export interface EmptyProject {
  readonly folder: string;
  /** Where an installed package is. */
  readonly installed: (name: string) => string;
  /** Runs a module with plain Node, and gives what it printed. */
  readonly node: (
    source: string,
    environment?: Readonly<Record<string, string>>,
  ) => Promise<string>;
}

/**
 * Installs tarballs with npm into an empty project, without network: what is not ours is linked to the copy that pnpm has
 * installed, and npm checks that its version is one that our manifests allow.
 */
export async function installWithNpm(
  folder: string,
  tarballs: readonly string[],
  packages: readonly PublishedPackage[],
): Promise<EmptyProject> {
  // An empty HOME and nothing of pnpm's, so that no setting of this machine or of the workspace counts.
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((one) => !one.startsWith(root));
  const environment = { HOME: join(folder, 'home'), PATH: path.join(delimiter) };
  const node = await plainNode(environment);
  const project = join(folder, 'project');
  await mkdir(project);
  await mkdir(environment.HOME);
  const dependencies = await foreignPackages(packages);
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  );
  // Without --ignore-scripts npm would build what it links, in pnpm's own folders.
  const options = [
    '--offline',
    '--ignore-scripts',
    '--strict-peer-deps',
    '--no-audit',
    '--no-fund',
  ];
  await run('npm', ['install', ...options, ...tarballs], { cwd: project, env: environment });

  return {
    folder: project,
    installed: (name) => join(project, 'node_modules', name),
    async node(source, extra = {}) {
      const file = join(project, 'main.js');
      await writeFile(file, source);
      const { stdout } = await run(node, [file], {
        cwd: project,
        env: { ...environment, ...extra },
      });
      return stdout;
    },
  };
}

/** The machine's own Node where we support it, for the rest of the tests runs on the repository's; else that one. */
async function plainNode(environment: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await run('node', ['--version'], { env: environment });
  return Number.parseInt(stdout.slice(1), 10) >= 22 ? 'node' : process.execPath;
}

/** What our packages need of others, and where pnpm has put it. */
async function foreignPackages(
  packages: readonly PublishedPackage[],
): Promise<Record<string, string>> {
  const ours = new Set(packages.map(({ manifest }) => manifest.name));
  const found: Record<string, string> = {};
  for (const { folder, manifest } of packages)
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }))
      if (!ours.has(name)) {
        const place = await realpath(join(root, 'packages', folder, 'node_modules', name));
        found[name] = `file:${place}`;
      }
  return found;
}
