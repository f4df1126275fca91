import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const isBundled = !import.meta.url.endsWith('.ts');

/** Where the built page is: seen from `dist`, which has this file in a bundle, and from here. */
export const pageFolder: string = fileURLToPath(
  new URL(isBundled ? './page' : '../../dist/page', import.meta.url),
);

const builder = new URL('../../scripts/build-page.ts', import.meta.url);

/** In a clone of the repository the page is built first, where it is missing or older than its sources. */
export async function builtPage(): Promise<void> {
  if (isBundled || !existsSync(builder)) return;
  // Not part of the published package, so the compiler is not to follow it.
  const { buildPage }: { buildPage: () => Promise<void> } = await import(builder.href);
  await buildPage();
}
