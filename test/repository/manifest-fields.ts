import { isDeepStrictEqual } from 'node:util';
import { manifestFrom } from '../../scripts/manifest-template.ts';
import type { PublishedPackage } from './workspace.ts';

/** What is wrong with the `package.json` of one published package, and with what has to lie beside it. */
export function manifestProblems(one: PublishedPackage): string[] {
  const { folder, manifest } = one;
  const template = manifestFrom(folder, manifest);
  const problems = Object.entries(template)
    .filter(([field, value]) => !isDeepStrictEqual(manifest[field], value))
    .map(([field, value]) => `${field} is not ${JSON.stringify(value)}`);

  for (const field of Object.keys(manifest))
    if (!(field in template)) problems.push(`there is a field ${field}`);
  if (!manifest['description']) problems.push('there is no description');
  if (!one.has('README.md')) problems.push('there is no README.md');
  // pnpm puts the repository's licence into every tarball whose package has none.
  if (one.has('LICENSE')) problems.push('it has a LICENSE of its own, which may differ');

  return [...problems, ...entryProblems(one), ...rangeProblems(one)].map(
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

function entryProblems({ manifest, has }: PublishedPackage): string[] {
  const problems: string[] = [];
  for (const field of ['exports', 'bin'])
    for (const [name, source] of Object.entries(manifest[field] ?? {}))
      if (typeof source !== 'string' || !has(source))
        problems.push(`${field} ${name} leads nowhere`);
  for (const needed of ['.', './package.json'])
    if (!(needed in (manifest.exports ?? {}))) problems.push(`exports has no ${needed}`);
  return problems;
}

/** Whoever installs us has versions of their own: one that is pinned conflicts with all others. */
function rangeProblems({ manifest }: PublishedPackage): string[] {
  const asked = { ...manifest.dependencies, ...manifest.peerDependencies };
  return Object.entries(asked)
    .filter(([, range]) => range !== 'workspace:^' && range !== 'catalog:published')
    .map(([name]) => `the range of ${name} is not in the catalog of published ranges`);
}
