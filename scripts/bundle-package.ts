import { readdirSync } from 'node:fs';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type OutputChunk, type OutputOptions, rolldown } from 'rolldown';

/** As much of a `package.json` as decides what is built. */
interface Manifest {
  readonly name?: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly publishConfig?: { readonly exports?: Readonly<Record<string, unknown>> };
}

/** Nothing that is CommonJS can load these, so the CommonJS form brings them along. */
const onlyModules = new Set(['ky']);

/**
 * The front door carries its providers: each would be another file, or two, to find and to read at every import. Their
 * declarations stay where they are, and with them the dependency.
 */
const carried: Readonly<Record<string, readonly string[]>> = {
  typingkit: readdirSync(new URL('../packages/providers', import.meta.url)).map(
    (folder) => `@typingkit/${folder}`,
  ),
};

/**
 * Bundles the entries of one package into its `dist`, beside the declarations that the compiler has put there.
 *
 * An entry is one file; what several entries share, and what is imported later, are files of their own. What the
 * manifest names as a dependency or a peer stays outside. Anything else, which is a development dependency, becomes
 * part of the bundle, and its licence goes along.
 *
 * @param folder of the package.
 */
export async function bundlePackage(folder: string): Promise<void> {
  const manifest: Manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const outside = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(
    (name) => !carried[manifest.name ?? '']?.includes(name),
  );
  const chunks = await bundle(folder, moduleEntries(manifest), outside, {
    dir: join(folder, 'dist'),
    format: 'esm',
  });
  const commonJsEntries = entriesWithRequire(manifest);
  if (commonJsEntries.length > 0) {
    const dir = join(folder, 'dist/cjs');
    const loadable = outside.filter((name) => !onlyModules.has(name));
    const options = { dir, format: 'cjs', dynamicImportInCjs: false } as const;
    chunks.push(...(await bundle(folder, commonJsEntries, loadable, options)));
    await copyDeclarations(folder, dir);
    await writeFile(join(dir, 'package.json'), '{ "type": "commonjs" }\n');
  }
  await writeLicenses(folder, chunks);
}

async function bundle(
  folder: string,
  sources: readonly string[],
  outside: readonly string[],
  options: OutputOptions,
): Promise<OutputChunk[]> {
  const bundled = await rolldown({
    cwd: folder,
    // By their path below `src`, without `.ts`.
    input: Object.fromEntries(sources.map((path) => [path.replace(/^\.\/src\/|\.ts$/g, ''), path])),
    platform: 'node',
    tsconfig: false,
    // tsyringe's form for browsers is made of modules: what nobody uses of it is left out.
    resolve: { mainFields: ['es2015', 'module', 'main'] },
    transform: { target: 'es2023', typescript: { onlyRemoveTypeImports: true } },
    onLog(level, log) {
      // It would be left to whoever installs us.
      if (log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
      if (level === 'warn') process.stderr.write(`${log.message}\n`);
    },
    external: (id) =>
      id.startsWith('node:') || outside.some((name) => id === name || id.startsWith(`${name}/`)),
  });
  const { output } = await bundled.write({
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    // Half the text is read in half the time. The maps beside it lead a stack trace to the sources.
    // Classes keep their names: they are printed.
    minify: {
      compress: true,
      mangle: { keepNames: { function: false, class: true } },
      codegen: { removeWhitespace: true },
    },
    comments: { legal: true, annotation: true, jsdoc: false },
    // What several entries need is one file, whichever of them need it: a file more costs more than a few lines more.
    codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
    sourcemap: true,
    sourcemapExcludeSources: true,
    ...options,
  });
  await bundled.close();
  return output.filter((file) => file.type === 'chunk');
}

function moduleEntries({ exports = {}, bin = {} }: Manifest): string[] {
  return [...Object.values(exports), ...Object.values(bin)].filter((path) => path.endsWith('.ts'));
}

function entriesWithRequire({ exports = {}, publishConfig = {} }: Manifest): string[] {
  return Object.entries(publishConfig.exports ?? {}).flatMap(([subpath, target]) => {
    const source = exports[subpath];
    const hasRequire = typeof target === 'object' && target !== null && 'require' in target;
    return source && hasRequire ? [source] : [];
  });
}

/** The same text means another thing where the nearest `package.json` says CommonJS. */
async function copyDeclarations(folder: string, into: string): Promise<void> {
  const dist = join(folder, 'dist');
  const files = await readdir(dist, { recursive: true });
  for (const file of files.filter((path) => path.endsWith('.d.ts') && !path.startsWith('cjs'))) {
    await cp(join(dist, file), join(into, file));
    const text = await readFile(join(into, file), 'utf8');
    // The map beside the original is enough for an editor that looks for the source.
    await writeFile(join(into, file), text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'));
  }
}

async function writeLicenses(folder: string, chunks: readonly OutputChunk[]): Promise<void> {
  const foreign = chunks.flatMap(({ modules }) =>
    Object.keys(modules).filter((path) => path.includes('/node_modules/')),
  );
  const packages = [...new Set(foreign.map(packageOf))].toSorted();
  const licenses = await Promise.all(packages.map(licenseOf));
  if (licenses.length > 0)
    await writeFile(join(folder, 'dist/third-party-licenses.txt'), licenses.join('\n\n'));
}

function packageOf(module: string): string {
  let folder = dirname(module);
  while (!/\/node_modules\/(?:@[^/]+\/)?[^/]+$/.test(folder)) folder = dirname(folder);
  return folder;
}

async function licenseOf(folder: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const all = await readdir(folder);
  const files = all.filter((file) => /^(?:licen[cs]e|.*notice)/i.test(file));
  if (files.length === 0) throw new Error(`${name} has no licence that could go along.`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version}`, ...texts.map((text) => text.trim())].join('\n\n');
}
