import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pnpmCommand } from '../../scripts/pnpm-command.ts';
import { type Registry, startRegistry } from '../registry/registry.ts';
import { publishedPackages, root, textFiles } from '../repository/workspace.ts';

const run = promisify(execFile);

const names = publishedPackages().map(({ manifest }) => String(manifest.name));
const readme = await readFile(join(root, 'README.md'), 'utf8');

let folder: string;
let checkout: string;
let registry: Registry;
let printed: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'typingkit-release-'));
  await mkdir(join(folder, 'home'));
  await mkdir(join(folder, 'bin'));
  // Changesets calls it by its name.
  const pnpm = `#!/bin/sh\nexec ${pnpmCommand().join(' ')} "$@"\n`;
  await writeFile(join(folder, 'bin', 'pnpm'), pnpm, { mode: 0o755 });
  registry = await startRegistry(folder);
  await writeFile(
    join(folder, 'home', '.npmrc'),
    `registry=${registry.url}\n${registry.credential}\n`,
  );
  checkout = join(folder, 'checkout');
  await checkOut();
  printed = await publishEverything();
}, 400_000);

afterAll(async () => {
  await registry?.[Symbol.asyncDispose]();
  if (folder) await rm(folder, { recursive: true, force: true });
});

describe('a release', () => {
  test('publishes every package in one version, which is the next', async () => {
    for (const name of names) expect(printed).toContain(`${name}@`);
    const versions = await Promise.all(names.map(publishedVersion));
    expect(new Set(versions).size).toBe(1);
    expect(versions[0]).not.toBe('0.0.0');
  });

  test('publishes nothing where nothing is new', async () => {
    expect(await publish()).toContain('No unpublished projects');
  });

  test('can be installed in an empty folder as the README says, and types', async () => {
    const install = line(/^npm install typingkit$/m);
    const program = line(/^await sendTyping\(.+\);$/m);
    const directory = await emptyFolder('install');
    await runIn(directory, 'sh', ['-c', install]);
    await writeFile(
      join(directory, 'main.mjs'),
      `import { sendTyping } from 'typingkit';\nconsole.log((${program.slice(0, -1)}).status);`,
    );
    await using vendor = await openVendor();
    expect(await runIn(directory, 'node', ['main.mjs'], vendor.env)).toBe('accepted\n');
    expect(vendor.requests).toEqual([expect.stringMatching(/^POST \/v3\/chats\/[\w-]+\/typing$/)]);
  });

  test('has a command that types from an empty folder, as the README says', async () => {
    const [, send = ''] = /`(npx @typingkit\/cli send [^`]+)`/.exec(readme) ?? [];
    const directory = await emptyFolder('npx');
    await using vendor = await openVendor();
    const { env } = vendor;
    expect(await runIn(directory, 'sh', ['-c', send], env)).toMatch(/^accepted by Linq/);
    expect(vendor.requests).toHaveLength(1);
    const channels = await runIn(directory, 'npx', ['@typingkit/cli', 'channels']);
    expect(channels).toContain('imessage');
  });
});

/** The README's own words. */
function line(pattern: RegExp): string {
  const [found] = pattern.exec(readme) ?? [];
  if (!found) throw new Error(`The README has no ${pattern}.`);
  return found;
}

async function emptyFolder(name: string): Promise<string> {
  const directory = join(folder, name);
  await mkdir(directory);
  return directory;
}

async function publishedVersion(name: string): Promise<string> {
  const response = await fetch(new URL(name, registry.url));
  const { 'dist-tags': tags } = (await response.json()) as {
    'dist-tags'?: Readonly<Record<string, string>>;
  };
  return tags?.['latest'] ?? `${name} was not published`;
}

/** Linq, as far as it has to say yes. */
async function openVendor(): Promise<
  AsyncDisposable & { readonly requests: string[]; readonly env: Readonly<Record<string, string>> }
> {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    requests,
    env: { LINQ_API_KEY: 'lk_rehearsal', LINQ_API_BASE_URL: `http://127.0.0.1:${port}` },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What git would give, with what `pnpm install` brings from this machine's registry. */
async function checkOut(): Promise<void> {
  for (const { path } of textFiles()) await cp(join(root, path), join(checkout, path));
  await runIn(checkout, 'pnpm', ['install', '--frozen-lockfile'], { HOME: homedir() });
  // Change logs are made from commits.
  await runIn(checkout, 'git', ['init', '--quiet']);
  await runIn(checkout, 'git', ['add', '.']);
  const author = ['-c', 'user.name=Rehearsal', '-c', 'user.email=rehearsal@example.com'];
  await runIn(checkout, 'git', [...author, 'commit', '--quiet', '--message', 'Rehearse']);
}

/** `pnpm changeset version`, and then what `.github/workflows/release.yml` does. */
async function publishEverything(): Promise<string> {
  await runIn(checkout, 'pnpm', ['changeset', 'version'], { HOME: homedir() });
  await runIn(checkout, 'pnpm', ['build'], { HOME: homedir() });
  await appendFile(join(checkout, '.npmrc'), `registry=${registry.url}\n`);
  return publish();
}

function publish(): Promise<string> {
  return runIn(checkout, 'pnpm', ['changeset', 'publish', '--no-git-tag']);
}

async function runIn(
  directory: string,
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  // Node as the repository brings it, the system's npm, and nothing of pnpm's settings.
  const path = [join(folder, 'bin'), dirname(process.execPath), process.env['PATH']];
  const env = {
    ...(process.env['NODE_EXTRA_CA_CERTS'] && {
      NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS'],
    }),
    HOME: join(folder, 'home'),
    PATH: path.join(delimiter),
    ...environment,
  };
  try {
    const { stdout } = await run(command, args, { cwd: directory, env, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    // oxlint-disable-next-line preserve-caught-error -- the cause would say the same again, at length.
    throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  }
}
