import { fileURLToPath } from 'node:url';
import { installApart } from '../../../scripts/install-apart.ts';

/** Once, before the tests of the examples, which import what this installs. */
export default async function install(): Promise<void> {
  await installApart(fileURLToPath(new URL('../', import.meta.url)));
}
