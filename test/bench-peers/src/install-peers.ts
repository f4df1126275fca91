import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** Installs what the lockfile of this folder names. Quick where that is already there. */
export async function installPeers(): Promise<void> {
  const [command, ...first] = pnpmCommand();
  // What pnpm says goes to stderr: stdout is for the result.
  const child = spawn(command, [...first, 'install', '--frozen-lockfile'], {
    cwd: folder,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error('The peers could not be installed.');
}

/** The pnpm that runs us. Without one, the README's. */
function pnpmCommand(): [command: string, ...args: string[]] {
  const running = process.env['npm_execpath'] ?? '';
  if (!basename(running).startsWith('pnpm')) return ['npx', '-y', 'pnpm@12.18.0'];
  const isScript = ['.js', '.cjs', '.mjs'].includes(extname(running));
  return isScript ? [process.execPath, running] : [running];
}
