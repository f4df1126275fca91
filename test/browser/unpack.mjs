// Unpacks what @sparticuz/chromium carries into the folder for temporary files. Plain JavaScript in a process of its own:
// the package is only there on a machine that needs it, and takes its folder from the environment.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';

const archives = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin');
for (const archive of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'])
  await inflate(join(archives, archive));
