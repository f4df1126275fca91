import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type Rolldown } from 'vite';

/** Which page to build, all as folders on this machine. */
export interface PageToBuild {
  /** Where its `index.html` is. */
  readonly source: string;
  /** What else of its package it is made of. */
  readonly alsoMadeOf: readonly string[];
  readonly target: string;
}

const parts = ['../src', '../styles'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);

const config: InlineConfig = {
  configFile: false,
  base: './',
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    // The files are written below.
    write: false,
    target: 'es2022',
    // Browsers that know light-dark(), which would be rewritten for older ones.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // Everything comes in files: the page's own policy allows no inline script, style or font.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
};

const building = new Map<string, Promise<void>>();

/** Builds a page, where it is missing or older than what it is made of. */
export function buildPage(page: PageToBuild): Promise<void> {
  const { target } = page;
  const known = building.get(target);
  if (known) return known;
  const built = buildIfStale(page).finally(() => building.delete(target));
  building.set(target, built);
  return built;
}

async function buildIfStale({ source, alsoMadeOf, target }: PageToBuild): Promise<void> {
  const madeOf = [source, ...alsoMadeOf, ...parts];
  const sourcesMs = Math.max(...(await Promise.all(madeOf.map(newestMs))));
  const built = await stat(join(target, 'index.html')).catch(() => undefined);
  if (built && built.mtimeMs > sourcesMs) return;

  const result = await build({ ...config, root: source });
  if ('on' in result) throw new Error('Vite watches, but was asked to build.');
  const files = [result].flat().flatMap(({ output }) => output);
  await mkdir(target, { recursive: true });
  const unfinished = await mkdtemp(`${target}-`);
  // Other processes may build or read at the same time: every file appears whole, and the one that names the others last.
  const inOrder = files.toSorted((one, other) => rank(one) - rank(other));
  for (const [index, file] of inOrder.entries())
    await put(file, target, join(unfinished, String(index)));
  await rm(unfinished, { recursive: true });
  const names = new Set(files.map(({ fileName }) => join(target, fileName)));
  for (const path of await filesIn(target)) if (!names.has(path)) await rm(path, { force: true });
}

function rank({ fileName }: Rolldown.OutputChunk | Rolldown.OutputAsset): number {
  return fileName === 'index.html' ? 1 : 0;
}

async function put(
  file: Rolldown.OutputChunk | Rolldown.OutputAsset,
  target: string,
  unfinished: string,
): Promise<void> {
  const path = join(target, file.fileName);
  await writeFile(unfinished, file.type === 'chunk' ? file.code : file.source);
  await mkdir(dirname(path), { recursive: true });
  await rename(unfinished, path);
}

async function newestMs(folder: string): Promise<number> {
  const stats = await Promise.all((await filesIn(folder)).map((path) => stat(path)));
  return Math.max(...stats.map(({ mtimeMs }) => mtimeMs));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
