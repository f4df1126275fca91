import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolders } from '../../scripts/package-folders.ts';
import type { SourceFile } from './source-file.ts';

export const root: string = fileURLToPath(new URL('../../', import.meta.url));

/** A package that is published. */
export interface PublishedPackage {
  /** Its folder's path below `packages/`. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Whether it has a file; the path is from its own folder. */
  readonly has: (path: string) => boolean;
}

/** As much of a `package.json` as anything here asks for. */
export interface Manifest {
  readonly name?: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly repository?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export function publishedPackages(): PublishedPackage[] {
  return packageFolders().map((folder) => ({
    folder,
    manifest: JSON.parse(read(`packages/${folder}/package.json`)),
    has: (path) => existsSync(join(root, 'packages', folder, path)),
  }));
}

/** The sources of the published packages, that of the playground's page among them. */
export function packageSources(): SourceFile[] {
  return textFiles().filter(({ path }) =>
    /^packages\/(?:providers\/)?[^/]+\/(?:src\/|page\/.*\.tsx?$)/.test(path),
  );
}

/** Everything that is ours and that git would keep. */
export function textFiles(folder = ''): SourceFile[] {
  const notOurs = new Set([
    'node_modules',
    'dist',
    '.git',
    '.env',
    '.code-blocks',
    '.vitest',
    // The part of the documentation that is generated.
    'reference',
  ]);
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !notOurs.has(name))
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) return textFiles(path);
      return entry.isFile() ? [{ path, text: read(path) }] : [];
    });
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
