import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../repository/workspace.ts';

const run = promisify(execFile);

/** A project of somebody else, in which npm has installed the tarballs. */
export interface NpmProject {
  readonly folder: string;
  /** Writes a file of the project. */
  readonly write: (file: string, text: string) => Promise<void>;
  /** Runs what npm has put into `node_modules/.bin`, or `node`, and gives all that it printed. Throws where that fails. */
  readonly run: (
    command: string,
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ) => Promise<string>;
}

/** What a project asks for, besides our tarballs. */
export interface ProjectManifest {
  readonly type?: 'module' | 'commonjs';
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * Installs as a person would, from the registry, in a folder of its own: a conflict of peers is an error.
 *
 * @param parent where the folder is made.
 * @param tarballs of all our packages; those that `packages` names are asked for.
 */
export async function npmProject(
  parent: string,
  tarballs: readonly string[],
  packages: readonly string[],
  { type = 'module', dependencies }: ProjectManifest,
): Promise<NpmProject> {
  const folder = await mkdtemp(join(parent, 'project-'));
  const environment = environmentOf(folder);
  const ours = packages.map((name): [string, string] => [
    name,
    `file:${tarballOf(name, tarballs)}`,
  ]);
  const project: NpmProject = {
    folder,
    async write(file, text) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    },
    async run(command, args, extra = {}) {
      try {
        const env = { ...environment, ...extra };
        const options = { cwd: folder, env, timeout: 150_000, maxBuffer: 2 ** 26 };
        const { stdout, stderr } = await run(command, args, options);
        return `${stdout}${stderr}`;
      } catch (error) {
        // Compilers and test runners say on stdout what is wrong.
        const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
        // oxlint-disable-next-line preserve-caught-error -- the cause would say the same again, at length.
        throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
      }
    },
  };
  await project.write(
    'package.json',
    JSON.stringify({
      private: true,
      type,
      dependencies: { ...dependencies, ...Object.fromEntries(ours) },
      // What ours need of each other is not in the registry yet.
      overrides: Object.fromEntries(tarballs.map((path) => [nameOf(path), `file:${path}`])),
    }),
  );
  await project.run('npm', ['install', '--strict-peer-deps', '--no-audit', '--no-fund']);
  return project;
}

/** What this process has, without anything of the workspace, of pnpm and of the test runner. */
function environmentOf(folder: string): NodeJS.ProcessEnv {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((one) => !one.startsWith(root));
  const bin = join(folder, 'node_modules/.bin');
  const foreign = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|pnpm_|vitest|node_env$|node_options$|ci$)/i.test(name),
  );
  return {
    ...Object.fromEntries(foreign),
    PATH: [bin, dirname(process.execPath), ...path].join(delimiter),
  };
}

function tarballOf(name: string, tarballs: readonly string[]): string {
  const found = tarballs.find((path) => nameOf(path) === name);
  if (found === undefined) throw new Error(`There is no tarball of ${name}.`);
  return found;
}

/** The name of the package in a tarball: `@typingkit/core` in `typingkit-core-0.0.0.tgz`. */
function nameOf(tarball: string): string {
  return basename(tarball)
    .replace(/-\d.*$/, '')
    .replace(/^typingkit-/, '@typingkit/');
}
