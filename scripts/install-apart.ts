import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pnpmCommand } from './pnpm-command.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * Installs what the lockfile of a folder outside the workspace names. Quick where that is already there.
 *
 * @throws Error where it cannot be installed, such as without a network.
 */
export async function installApart(folder: string): Promise<void> {
  const [command, ...first] = pnpmCommand();
  // What pnpm says goes to stderr: stdout is for the result.
  const child = spawn(command, [...first, 'install', '--frozen-lockfile'], {
    cwd: folder,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  await once(child, 'exit');
  if (child.exitCode !== 0)
    throw new Error(`The packages of ${relative(root, folder)} could not be installed.`);
}
