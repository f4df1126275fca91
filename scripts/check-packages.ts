import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packPackages } from './pack-packages.ts';

const checks = [
  ['publint', '--strict'],
  ['attw', '--profile', 'esm-only', '--no-emoji', '--format', 'ascii'],
];

const folder = await mkdtemp(join(tmpdir(), 'typingkit-tarballs-'));
try {
  for (const tarball of await packPackages(folder)) {
    for (const [command = '', ...args] of checks) {
      const { status, stdout, stderr } = spawnSync(command, [...args, tarball], {
        encoding: 'utf8',
      });
      const passed = status === 0;
      console.log(`${passed ? 'ok    ' : 'FAILED'} ${command.padEnd(8)} ${basename(tarball)}`);
      if (passed) continue;
      console.log(`${stdout}${stderr}`);
      process.exitCode = 1;
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
