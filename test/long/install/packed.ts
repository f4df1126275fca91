import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackages } from '../../../scripts/pack-packages.ts';

/** All packages as they would be published, and a folder for projects that install them. */
export interface Packed extends AsyncDisposable {
  readonly folder: string;
  readonly tarballs: readonly string[];
}

export async function packed(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'typingkit-install-'));
  const into = join(folder, 'tarballs');
  await mkdir(into);
  return {
    folder,
    tarballs: await packPackages(into),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
