import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installApart } from '../../scripts/install-apart.ts';

/** A registry of npm on loopback. */
export interface Registry extends AsyncDisposable {
  readonly url: string;
  /** The line of an `.npmrc` that lets a client publish. Nobody checks the token, but clients want one. */
  readonly credential: string;
}

/** Starts one that is empty, and asks the registry of this machine for what is not ours. */
export async function startRegistry(folder: string): Promise<Registry> {
  const home = fileURLToPath(new URL('.', import.meta.url));
  await installApart(home);
  const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry']);
  const args = [join(home, 'serve.mjs'), folder, stdout.trim()];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const port = Number((await lines.next()).value);
  if (!port) throw new Error('The registry did not start.');
  return {
    url: `http://127.0.0.1:${port}/`,
    credential: `//127.0.0.1:${port}/:_authToken=rehearsal`,
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
