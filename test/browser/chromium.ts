import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installApart } from '../../scripts/install-apart.ts';
import manifest from './package.json' with { type: 'json' };

/** A Chromium that can be started. */
export interface Chromium {
  readonly executablePath: string;
  /** What it needs to find in its environment, beyond ours. */
  readonly env: Readonly<Record<string, string>>;
}

/** Where systems keep theirs. */
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The Chromium that `CHROMIUM` names, else one that is installed, else the one that npm carries, which is installed in this
 * folder: a download of 68 MB, once.
 *
 * @throws Error that says why there is none.
 */
export async function findChromium(): Promise<Chromium> {
  const named = process.env['CHROMIUM'];
  if (named && !existsSync(named))
    throw new Error(`CHROMIUM names ${named}, which does not exist.`);
  const found = named ?? installed.find((path) => existsSync(path));
  return found ? { executablePath: found, env: {} } : carriedChromium();
}

async function carriedChromium(): Promise<Chromium> {
  const { platform, arch } = process;
  if (platform !== 'linux' || arch !== 'x64')
    throw new Error(`npm carries Chromium for linux x64 only, not for ${platform} ${arch}.`);
  const home = fileURLToPath(new URL('.', import.meta.url));
  const version = manifest.dependencies['@sparticuz/chromium'];
  const folder = join(home, 'node_modules', '.cache', `chromium-${version}`);
  if (!existsSync(folder)) {
    await installApart(home);
    await unpack(home, folder);
  }
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      // NSS and expat, which a bare system has not.
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      // Nor has it fonts. With these a page looks the same on every system, too.
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

async function unpack(home: string, folder: string): Promise<void> {
  await mkdir(join(folder, '..'), { recursive: true });
  const unfinished = await mkdtemp(`${folder}-`);
  await promisify(execFile)(process.execPath, [join(home, 'unpack.mjs')], {
    env: { ...process.env, TMPDIR: unfinished },
  });
  await writeFile(join(unfinished, 'fonts.conf'), fontSettings(folder));
  await rename(unfinished, folder).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true });
    // Another process may have been faster.
    if (!existsSync(folder)) throw error;
  });
}

function fontSettings(folder: string): string {
  return `<?xml version="1.0"?>
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}
