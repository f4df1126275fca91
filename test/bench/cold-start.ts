import { mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { packPackages } from '../../scripts/pack-packages.ts';
import { publishedPackages, root } from '../repository/workspace.ts';
import { type EmptyProject, installWithNpm } from '../tarball/empty-project.ts';
import { medianRatio, type Spread, spreadOf } from './spread.ts';

/** What it takes to import something in a fresh process. */
export interface ColdStart {
  readonly name: string;
  readonly ms: Spread;
  /** Of its times to those of the SDK in the same form, in the same round, the median. */
  readonly timesSdk: number;
  /** What is judged of it, and what that may be at most. */
  readonly bound?: ColdStartBound | undefined;
  /** Of a bundle, minified. */
  readonly size?: { readonly bytes: number; readonly brotliBytes: number } | undefined;
}

const sdk = '@linqapp/sdk';
/** How much longer than the SDK an import may take. */
const mostTimesSdk: Readonly<Record<string, number>> = { '@typingkit/linq': 0.6, typingkit: 1.2 };
/** What one provider more may add to the import of `typingkit`, which carries them all. */
const mostMsOfOneMore = 1;
interface ColdStartBound {
  readonly measured: number;
  readonly most: number;
  readonly unit: '×' | 'ms';
}

const oneMore = 'one provider more in typingkit';
const modules = [sdk, 'typingkit', '@typingkit/linq', '@typingkit/connectsafely'];
const entries: Readonly<Record<string, string>> = {
  [sdk]: `import LinqAPIV3 from '@linqapp/sdk'; globalThis.kept = LinqAPIV3;`,
  'core + linq': `import { createTyping } from '@typingkit/core'; import { linq } from '@typingkit/linq'; globalThis.kept = [createTyping, linq];`,
  'core + connectsafely': `import { createTyping } from '@typingkit/core'; import { connectSafely } from '@typingkit/connectsafely'; globalThis.kept = [createTyping, connectSafely];`,
  typingkit: `import * as typingkit from 'typingkit'; globalThis.kept = typingkit;`,
};

/** So many, because one alone is less than what two imports differ by. */
const furtherProviders = 10;

/** Imports what is in the packed tarballs, plain and bundled. */
export async function measureColdStarts(rounds: number): Promise<ColdStart[]> {
  const folder = await mkdtemp(join(tmpdir(), 'typingkit-bench-'));
  try {
    const tarballs = await packPackages(folder);
    const project = await installWithNpm(folder, tarballs, publishedPackages());
    await linkSdk(project);
    const subjects = new Map(modules.map((name) => [name, name]));
    for (const [name, source] of Object.entries(entries)) {
      subjects.set(`${name}, bundled`, await bundle(project, name, source));
    }
    const one = await frontDoorWith(project, 1);
    const many = await frontDoorWith(project, 1 + furtherProviders);
    const further: number[] = [];
    const times = new Map([...subjects.keys()].map((name) => [name, [] as number[]]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, specifier] of subjects)
        times.get(name)?.push(await time(project, specifier));
      const ofOne = await time(project, one);
      further.push(((await time(project, many)) - ofOne) / furtherProviders);
    }
    const coldStarts: ColdStart[] = [];
    for (const [name, ms] of times) {
      const file = subjects.get(name) ?? '';
      const isBundle = name.endsWith(', bundled');
      const ofSdk = times.get(isBundle ? `${sdk}, bundled` : sdk) ?? [];
      const size = isBundle ? await sizeOf(file) : undefined;
      const timesSdk = medianRatio(ms, ofSdk);
      const most = mostTimesSdk[name];
      const bound = most === undefined ? most : { measured: timesSdk, most, unit: '×' as const };
      coldStarts.push({ name, ms: spreadOf(ms), timesSdk, size, bound });
    }
    const ms = spreadOf(further);
    coldStarts.push({
      name: oneMore,
      ms,
      timesSdk: medianRatio(further, times.get(sdk) ?? []),
      bound: { measured: ms.median, most: mostMsOfOneMore, unit: 'ms' },
    });
    return coldStarts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function time(project: EmptyProject, specifier: string): Promise<number> {
  const printed = await project.node(
    `const began = performance.now();
     await import(${JSON.stringify(specifier)});
     console.log(performance.now() - began);`,
  );
  return Number(printed);
}

async function bundle(
  project: EmptyProject,
  name: string,
  source: string,
  external: string[] = [],
): Promise<string> {
  const file = name.replaceAll(/\W+/g, '-');
  const entry = join(project.folder, `${file}.entry.js`);
  const outfile = join(project.folder, `${file}.bundle.mjs`);
  await writeFile(entry, source);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    external,
    logLevel: 'error',
  });
  return outfile;
}

/** One file that carries some copies of a provider, as `typingkit` carries its providers, and core outside of it. */
async function frontDoorWith(project: EmptyProject, copies: number): Promise<string> {
  const external = ['@typingkit/core*'];
  const again = `export { connectSafely } from '@typingkit/connectsafely';`;
  const text = await readFile(await bundle(project, 'provider', again, external), 'utf8');
  const imports = Array.from({ length: copies }, async (_, index) => {
    const copy = join(project.folder, `provider-${index}.mjs`);
    await writeFile(copy, text);
    return `import { connectSafely as c${index} } from ${JSON.stringify(copy)}; kept.push(c${index});`;
  });
  const source = `const kept = []; globalThis.kept = kept; ${(await Promise.all(imports)).join('')}`;
  return bundle(project, `front-door-${copies}`, source, external);
}

async function sizeOf(file: string): Promise<NonNullable<ColdStart['size']>> {
  const { size } = await stat(file);
  return { bytes: size, brotliBytes: brotliCompressSync(await readFile(file)).byteLength };
}

async function linkSdk(project: EmptyProject): Promise<void> {
  await mkdir(project.installed('@linqapp'), { recursive: true });
  const place = await realpath(join(root, 'test/node_modules', sdk));
  await symlink(place, project.installed(sdk));
}
