import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type PageFiles, readPage } from './server/page-files.ts';

// Both from `src` and from `dist`, which has this file in a bundle, the package's folder is one up.
const folder = fileURLToPath(new URL('../dist/page', import.meta.url));
const builder = new URL('../scripts/build-page.ts', import.meta.url);

/** The page. In a clone of the repository it is built first, where it is missing or older than its sources. */
export async function builtPage(): Promise<PageFiles> {
  if (existsSync(builder)) {
    // Not part of the published package, so the compiler is not to follow it.
    const { buildPage }: { buildPage: () => Promise<void> } = await import(builder.href);
    await buildPage();
  }
  return readPage(folder);
}
