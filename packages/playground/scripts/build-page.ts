import { fileURLToPath } from 'node:url';
import { buildPage as build } from '@typingkit/page-parts/build-page';

/** Builds the page into `dist/page`, where it is missing or older than what it is made of. */
export function buildPage(): Promise<void> {
  return build({
    source: fileURLToPath(new URL('../page', import.meta.url)),
    alsoMadeOf: [fileURLToPath(new URL('../src/protocol', import.meta.url))],
    target: fileURLToPath(new URL('../dist/page', import.meta.url)),
  });
}

if (import.meta.main) await buildPage();
