import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packPackages } from './pack-packages.ts';

const attw = ['attw', '--no-emoji', '--format', 'ascii'];

const folder = await mkdtemp(join(tmpdir(), 'typingkit-tarballs-'));
try {
  for (const tarball of await packPackages(folder)) {
    const checks = [
      ['publint', '--strict'],
      [...attw, '--profile', 'esm-only'],
    ];
    const { requireable, others } = entriesOf(tarball);
    if (requireable.length > 0) {
      const excluded = others.length > 0 ? ['--exclude-entrypoints', ...others, '--'] : [];
      checks.push([...attw, ...excluded]);
    }
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

/** The entries that CommonJS may require, and those that are modules only. */
function entriesOf(tarball: string): { requireable: string[]; others: string[] } {
  const { stdout } = spawnSync('tar', ['-xOf', tarball, 'package/package.json'], {
    encoding: 'utf8',
  });
  const exports: Readonly<Record<string, unknown>> = JSON.parse(stdout).exports;
  const built = Object.entries(exports).filter(([, target]) => typeof target === 'object');
  const names = (wanted: boolean): string[] =>
    built
      .filter(([, target]) => Object.hasOwn(Object(target), 'require') === wanted)
      .map(([subpath]) => subpath);
  return { requireable: names(true), others: names(false) };
}
