import { moduleRequests, type SourceFile } from './source-file.ts';

const core = [
  '@typingkit/core',
  '@typingkit/core/error-codes',
  '@typingkit/core/http',
  '@typingkit/core/webhook',
];

/** Who may import what of ours, by its folder below `packages/`. The adapters are in `providers/`. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  cli: [
    '@typingkit/core',
    '@typingkit/core/error-codes',
    '@typingkit/linq',
    '@typingkit/linq/webhook',
    '@typingkit/playground',
    '@typingkit/simulator',
    'typingkit',
    'typingkit/environment',
  ],
  core: [],
  playground: [
    '@typingkit/connectsafely',
    '@typingkit/core',
    '@typingkit/core/error-codes',
    '@typingkit/linq',
    '@typingkit/linq/webhook',
    '@typingkit/simulator',
  ],
  simulator: [],
  testing: core,
  tsyringe: ['@typingkit/core'],
};

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
  const allowed = mayImport[folder] ?? (isAdapter ? core : allOf(adapters));
  return moduleRequests(file).flatMap(({ specifier, names }) => {
    if (leavesThePackage(file.path, specifier)) return [`${file.path} reaches into ${specifier}`];
    if (isOurs(specifier) && !allowed.includes(specifier))
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

function allOf(adapters: readonly string[]): string[] {
  const channels = adapters.map((adapter) => adapter.replace('providers/', '@typingkit/'));
  return ['@typingkit/core', '@typingkit/tsyringe', ...channels];
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
