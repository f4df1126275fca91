import { globalsUsed, nodeModules, type SourceFile, unconditionalUnrefs } from './source-file.ts';

/** What Node alone has. */
const globals = ['process', 'Buffer', 'global', 'require', 'setImmediate', '__dirname'];

/** These run on Node only. Everything else runs on Bun, Deno and Workers, or in a page, too. */
const nodeOnly = [
  'bullmq',
  'cli',
  'core/src/undici',
  'playground/src',
  'server/src',
  'simulator',
  'testing',
];

/** What ties one file to Node. */
export function nodeOnlyParts(file: SourceFile): string[] {
  if (nodeOnly.some((folder) => file.path.startsWith(`packages/${folder}/`))) return [];
  const problems = [
    ...nodeModules(file).map((specifier) => `imports ${specifier}`),
    ...globalsUsed(file, globals).map((name) => `uses the global ${name}`),
  ];
  if (unconditionalUnrefs(file) > 0) problems.push('calls unref() where there may be none');
  return problems.map((problem) => `${file.path} ${problem}`);
}
