import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { PublishedPackage } from './workspace.ts';

const repository = 'https://github.com/typingkit/typingkit';

/** What is wrong with the `package.json` of one published package, and with what has to lie beside it. */
export function manifestProblems(one: PublishedPackage): string[] {
  const { folder, manifest } = one;
  const expected = {
    name: folder === 'typingkit' ? folder : `@typingkit/${basename(folder)}`,
    license: 'MIT',
    homepage: `${repository}/tree/main/packages/${folder}#readme`,
    bugs: `${repository}/issues`,
    repository: { type: 'git', url: `git+${repository}.git`, directory: `packages/${folder}` },
    // The build's own notes change with every build and are of use to nobody else.
    files: ['dist', 'src', '!dist/.tsbuildinfo'],
    type: 'module',
    sideEffects: false,
    engines: { node: '>=22' },
  };
  const problems = Object.entries(expected)
    .filter(([field, value]) => !isDeepStrictEqual(manifest[field], value))
    .map(([field, value]) => `${field} is not ${JSON.stringify(value)}`);

  for (const field of ['private', 'packageManager', 'scripts'])
    if (field in manifest) problems.push(`there is a field ${field}`);
  if (!(Array.isArray(manifest['keywords']) && manifest['keywords'].includes('typing-indicator')))
    problems.push('keywords do not say typing-indicator');
  if (!manifest['description']) problems.push('there is no description');
  if (manifest.publishConfig?.['access'] !== 'public') problems.push('it is not public');
  if (!one.has('README.md')) problems.push('there is no README.md');
  // pnpm puts the repository's licence into every tarball whose package has none.
  if (one.has('LICENSE')) problems.push('it has a LICENSE of its own, which may differ');

  return [...problems, ...exportProblems(one), ...binProblems(one)].map(
    (problem) => `packages/${folder}: ${problem}`,
  );
}

/** An adapter takes core as a peer, so that there is one `TypingError`. */
export function adapterProblems({ folder, manifest }: PublishedPackage): string[] {
  const problems: string[] = [];
  if (manifest.peerDependencies?.['@typingkit/core'] !== 'workspace:^')
    problems.push(`packages/${folder}: core is not a peer`);
  if (manifest.dependencies?.['@typingkit/core'])
    problems.push(`packages/${folder}: core is a dependency, so there may be two of it`);
  return problems;
}

function exportProblems({ manifest, has }: PublishedPackage): string[] {
  const sources = Object.entries(manifest.exports ?? {});
  const published = Object.fromEntries(
    sources.map(([subpath, source]) => [subpath, publishedForm(source)]),
  );
  const problems = sources
    .filter(([, source]) => typeof source !== 'string' || !has(source))
    .map(([subpath]) => `exports ${subpath} leads nowhere`);
  for (const needed of ['.', './package.json'])
    if (!(needed in published)) problems.push(`exports has no ${needed}`);
  if (!isDeepStrictEqual(manifest.publishConfig?.['exports'], published))
    problems.push('publishConfig.exports is not what exports becomes when it is built');
  return problems;
}

function binProblems({ manifest, has }: PublishedPackage): string[] {
  if (!manifest.bin) return [];
  const built = Object.entries(manifest.bin).map(([name, source]) => [name, builtPath(source)]);
  const problems = Object.entries(manifest.bin)
    .filter(([, source]) => !has(source))
    .map(([name]) => `bin ${name} leads nowhere`);
  if (!isDeepStrictEqual(manifest.publishConfig?.['bin'], Object.fromEntries(built)))
    problems.push('publishConfig.bin is not what bin becomes when it is built');
  return problems;
}

function publishedForm(source: unknown): unknown {
  if (typeof source !== 'string' || !source.endsWith('.ts')) return source;
  const file = builtPath(source);
  return { types: file.replace(/\.js$/, '.d.ts'), default: file };
}

function builtPath(source: string): string {
  return source.replace('./src/', './dist/').replace(/\.ts$/, '.js');
}
