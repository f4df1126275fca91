import { fileURLToPath } from 'node:url';
import { bundlePackage } from './bundle-package.ts';
import { packageFolders } from './package-folders.ts';

for (const folder of packageFolders())
  await bundlePackage(fileURLToPath(new URL(`../packages/${folder}`, import.meta.url)));
