import { readFileSync } from 'node:fs';

/** The version of a peer that is installed in this folder. */
export function installedVersion(name: string): string {
  const path = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  // Every package.json of a published package has one.
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
  return version;
}
