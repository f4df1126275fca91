import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../packages', import.meta.url));
/** The folder in `packages/` that holds folders of packages. */
const room = 'providers';

/** The folders of all packages that are published, as paths below `packages/`: `core`, `providers/linq`. */
export function packageFolders(): string[] {
  return allFolders().filter((folder) => !isPrivate(folder));
}

/** The same of those that are not: what is in them is built into others. */
export function privateFolders(): string[] {
  return allFolders().filter(isPrivate);
}

function allFolders(): string[] {
  const providers = foldersIn(`${packages}/${room}`).map((folder) => `${room}/${folder}`);
  return [...foldersIn(packages).filter((folder) => folder !== room), ...providers];
}

function foldersIn(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function isPrivate(folder: string): boolean {
  const manifest: unknown = JSON.parse(readFileSync(`${packages}/${folder}/package.json`, 'utf8'));
  return (manifest as { readonly private?: boolean }).private === true;
}
