import { moduleRequests, type SourceFile } from './source-file.ts';

/** What an adapter is made of. */
const forAdapters = [
  '@typingkit/core',
  '@typingkit/core/error-codes',
  '@typingkit/core/http',
  '@typingkit/core/schema',
  '@typingkit/core/webhook',
];

/** The packages in `providers/`, with all of their entries. */
const everyAdapter = 'providers/*';

/** What the tools show or run: each of these packages, with all of its entries. */
const shown = ['@typingkit/core/*', '@typingkit/simulator/*', everyAdapter];

/**
 * Who may import what of ours, by its folder below `packages/`, also of packages that are still to come. `/*` stands for
 * the package and all of its entries. The arrows are those of docs/architecture.md.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  simulator: [],
  'page-parts': [],
  tsyringe: ['@typingkit/core'],
  testing: ['@typingkit/core/*'],
  bullmq: ['@typingkit/core/*'],
  opentelemetry: ['@typingkit/core/*'],
  typingkit: ['@typingkit/core/*', '@typingkit/tsyringe', everyAdapter],
  server: ['@typingkit/core/*', '@typingkit/opentelemetry/*'],
  playground: shown,
  cli: [
    ...shown,
    '@typingkit/bullmq/*',
    '@typingkit/opentelemetry/*',
    '@typingkit/playground/*',
    '@typingkit/server/*',
    'typingkit/*',
  ],
};

/** Private, so that only a page, which is built into its package, may import it. */
const pageParts = '@typingkit/page-parts';

/**
 * The imports of one file that go against the arrows.
 *
 * @param adapters the folders of all adapters.
 * @param engineNames what `@typingkit/core` exports from its engine, which adapters must not see.
 */
export function wrongImports(
  file: SourceFile,
  adapters: readonly string[],
  engineNames: readonly string[],
): string[] {
  const folder = folderOf(file.path);
  const isAdapter = adapters.includes(folder);
  const allowed = isAdapter ? forAdapters : mayImport[folder];
  if (!allowed) return [`${file.path} is in a package that nobody has drawn`];
  return moduleRequests(file).flatMap(({ specifier, names }) => {
    if (leavesThePackage(file.path, specifier)) return [`${file.path} reaches into ${specifier}`];
    if (specifier === pageParts && file.path.startsWith(`packages/${folder}/page/`)) return [];
    if (isOurs(specifier) && !isAmong(allowed, specifier, adapters))
      return [`${file.path} imports ${specifier}`];
    if (!isAdapter || specifier !== '@typingkit/core') return [];
    return names
      .filter((name) => name === '*' || engineNames.includes(name))
      .map((name) => `${file.path} imports ${name} of the engine`);
  });
}

/** The folders under `packages/` that hold an adapter. */
export function adaptersAmong(folders: readonly string[]): string[] {
  return folders.filter((folder) => folder.startsWith('providers/'));
}

/** What the index of core exports from its engine. */
export function engineExports(coreIndex: SourceFile): string[] {
  return moduleRequests(coreIndex)
    .filter(({ specifier }) => specifier.startsWith('./engine/') || specifier.startsWith('./api/'))
    .flatMap(({ names }) => names);
}

function isAmong(
  allowed: readonly string[],
  specifier: string,
  adapters: readonly string[],
): boolean {
  const name = /^(?:@typingkit\/)?[^/]+/.exec(specifier)?.[0] ?? '';
  const isOfAdapter = adapters.includes(name.replace('@typingkit', 'providers'));
  return (
    allowed.includes(specifier) ||
    allowed.includes(`${name}/*`) ||
    (isOfAdapter && allowed.includes(everyAdapter))
  );
}

function isOurs(specifier: string): boolean {
  return /^(?:@typingkit\/|typingkit(?:\/|$))/.test(specifier);
}

function leavesThePackage(path: string, specifier: string): boolean {
  if (!specifier.startsWith('.')) return false;
  const { pathname } = new URL(specifier, `file:///${path}`);
  return !pathname.startsWith(`/packages/${folderOf(path)}/`);
}

function folderOf(path: string): string {
  return /^packages\/((?:providers\/)?[^/]+)/.exec(path)?.[1] ?? '';
}
