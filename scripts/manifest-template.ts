import { basename } from 'node:path';

/** A `package.json`. */
export type Manifest = Readonly<Record<string, unknown>>;

const repository = 'https://github.com/typingkit/typingkit';
const keywords = ['bot', 'chat', 'typing-indicator'];

/** What runs on Node alone, as a program or beside one, and is never loaded by somebody's CommonJS. */
const tools = new Set(['cli', 'playground', 'server', 'simulator']);

/**
 * The manifest of a published package: what all of them have, around what only this one can know, which is its version,
 * description, further keywords, entries, programs and dependencies.
 *
 * @param folder its path below `packages/`.
 */
export function manifestFrom(folder: string, own: Manifest): Manifest {
  const entries = pathsIn(own['exports']);
  const bin = pathsIn(own['bin']);
  const further = Array.isArray(own['keywords']) ? own['keywords'].map(String) : [];
  const requireable = Object.keys(entries).filter((subpath) => isRequireable(folder, subpath));
  return withoutGaps({
    name: folder === 'typingkit' ? folder : `@typingkit/${basename(folder)}`,
    version: own['version'],
    description: own['description'],
    keywords: [...new Set([...keywords, ...further])].toSorted((one, other) =>
      one.localeCompare(other),
    ),
    homepage: `${repository}/tree/main/packages/${folder}#readme`,
    bugs: `${repository}/issues`,
    license: 'MIT',
    repository: {
      type: 'git',
      url: `git+${repository}.git`,
      directory: `packages/${folder}`,
    },
    bin: own['bin'],
    // The compiler's own notes change with every build and are of use to nobody else.
    files: ['dist', 'src', '!dist/.tsbuildinfo'],
    type: 'module',
    sideEffects: false,
    exports: own['exports'],
    publishConfig: withoutGaps({
      bin: own['bin'] && mapValues(bin, built),
      ...legacyEntries(entries, requireable),
      exports: Object.fromEntries(
        Object.entries(entries).map(([subpath, source]) => [
          subpath,
          publishedEntry(source, requireable.includes(subpath)),
        ]),
      ),
      access: 'public',
    }),
    dependencies: own['dependencies'],
    devDependencies: own['devDependencies'],
    peerDependencies: own['peerDependencies'],
    peerDependenciesMeta: own['peerDependenciesMeta'],
    engines: { node: '>=22' },
  });
}

/** Vitest refuses to be required, and with it the conformance suite. */
function isRequireable(folder: string, subpath: string): boolean {
  if (subpath === './package.json' || tools.has(folder)) return false;
  return folder !== 'testing' || subpath === './fake';
}

/**
 * Node 22 and bundlers load the modules, also for who says `require`, so that there is one copy of everything. The form
 * in CommonJS is for who can load nothing else, such as Jest.
 */
function publishedEntry(source: string, hasRequire: boolean): unknown {
  if (!source.endsWith('.ts')) return source;
  const file = built(source);
  if (!hasRequire) return { types: declaration(file), default: file };
  return {
    types: { require: declaration(inCommonJs(file)), default: declaration(file) },
    'module-sync': file,
    module: file,
    require: inCommonJs(file),
    default: file,
  };
}

/** For TypeScript with `moduleResolution: node10`, which knows no `exports`. */
function legacyEntries(
  entries: Readonly<Record<string, string>>,
  requireable: readonly string[],
): Manifest {
  if (requireable.length === 0) return {};
  const path = (subpath: string): string => inCommonJs(built(entries[subpath] ?? ''));
  const further = requireable.filter((subpath) => subpath !== '.');
  const typesOf = (subpath: string): [string, string[]] => [
    subpath.slice('./'.length),
    [declaration(path(subpath))],
  ];
  return withoutGaps({
    ...(requireable.includes('.') && { main: path('.'), types: declaration(path('.')) }),
    typesVersions:
      further.length > 0 ? { '*': Object.fromEntries(further.map(typesOf)) } : undefined,
  });
}

function built(source: string): string {
  return source.replace('./src/', './dist/').replace(/\.ts$/, '.js');
}

function inCommonJs(file: string): string {
  return file.replace('./dist/', './dist/cjs/');
}

function declaration(file: string): string {
  return file.replace(/\.js$/, '.d.ts');
}

function pathsIn(value: unknown): Record<string, string> {
  const entries = Object.entries(value ?? {});
  return Object.fromEntries(entries.map(([name, path]) => [name, String(path)]));
}

function mapValues(
  values: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

function withoutGaps(manifest: Manifest): Manifest {
  return Object.fromEntries(Object.entries(manifest).filter(([, value]) => value !== undefined));
}
